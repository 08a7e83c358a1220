import * as React from 'react'
import { useTranslation, type ShowPropertyProps } from 'adminjs'
import { ImportedRows, RESOURCE, type ImportedReport } from './import_counts.js'
import { ImportTable } from './import_table.js'

/** What an import has done, and why rows were not taken. */
export function ImportReport({ record }: Pick<ShowPropertyProps, 'record'>) {
  const { translateMessage, translateProperty } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, RESOURCE, values)
  const listed = (name: string) => listOf(record.params, name)
  const report = { counts: listed('counts'), records: listed('records'), checks: listed('checks') }
  const notes = listed('notes')
  if (!report.counts.length) return null
  return (
    <>
      <ImportRejects run={record.id} files={listed('rejects')} />
      <ImportedRows report={report as unknown as ImportedReport} />
      {notes.length > 0 && (
        <ImportTable
          title={say('notes')}
          about={notes.length < MOST ? say('notes_all', { count: notes.length }) : say('notes_cut', { count: MOST })}
          columns={[say('file'), say('line'), translateProperty('outcome', RESOURCE), say('column'), say('reason')]}
          rows={notes.map(({ file = '', line = '', outcome, column, reason }) => [
            file,
            line,
            translateProperty(`outcome=${outcome}`, RESOURCE),
            column || '–',
            reason || '–',
          ])}
        />
      )}
    </>
  )
}

interface RejectsProps {
  run: string
  files: Record<string, string>[]
}

/** What is fetched to be corrected. */
function ImportRejects({ run, files }: RejectsProps) {
  const { translateMessage } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, RESOURCE, values)
  if (!files.length) return null
  return (
    <section style={{ paddingTop: 24 }}>
      <h2 style={{ fontSize: 18, lineHeight: '28px' }}>{say('rejects')}</h2>
      <p>{say('rejects_why')}</p>
      <ul className="mi-row" style={{ paddingTop: 8 }}>
        {files.map(({ id = '', name, isReasons }) => (
          <li key={id}>
            <a
              className="mi-button"
              href={`/admin/streams/import_rejects?${new URLSearchParams({ run, file: id }).toString()}`}
            >
              {String(isReasons) === 'true' ? say('fetch_reasons') : say('fetch', { file: name })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** As many as the server gives. */
const MOST = 1000

/** AdminJS keeps lists flat: `notes.0.file`. */
function listOf(params: Record<string, any>, name: string): Record<string, string>[] {
  const rows: Record<string, any>[] = []
  for (const [path, value] of Object.entries(params)) {
    const [list, at, member] = path.split('.')
    if (list === name && at && member) (rows[Number(at)] ??= {})[member] = value
  }
  return rows
}
