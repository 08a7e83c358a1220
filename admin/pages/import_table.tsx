import * as React from 'react'

interface Props {
  title: string
  about?: string
  columns: string[]
  rows: (string | number)[][]
}

/** A table with its heading, which scrolls where it is wider than its card. */
export function ImportTable({ title, about, columns, rows }: Props) {
  return (
    <section style={{ paddingTop: 24 }}>
      <h2 style={{ fontSize: 18, lineHeight: '28px' }}>{title}</h2>
      {about && <p>{about}</p>}
      <div className="mi-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="mi-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>{typeof cell === 'number' ? cell.toLocaleString(language()) : cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const language = () => document.documentElement.lang || undefined
