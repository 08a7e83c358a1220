import * as React from 'react'
import { useTranslation } from 'adminjs'
import { Link } from 'react-router-dom'
import { upTo } from './up_to.js'

export interface Matter {
  code: string
  isUrgent: boolean
  count: number
  /** Where one sees more of it. */
  to: string
}

const PAGE = 'dashboard'

/** What is wrong or waits for somebody, each a sentence that leads there. */
export function Matters({ matters, counted }: { matters: Matter[]; counted: number }) {
  const { translateMessage } = useTranslation()
  const say = (key: string, values: object = {}) => translateMessage(key, PAGE, values)
  return (
    <section className="mi-card" aria-labelledby="matters-title">
      <h2 id="matters-title" className="mi-subtitle">
        {say('matters_title')}
      </h2>
      {matters.length === 0 && <p>{say('nothing')}</p>}
      <ul>
        {matters.map(({ code, isUrgent, count, to }) => (
          <li key={code} className={`mi-matter ${isUrgent ? 'mi-urgent' : ''}`}>
            <span className="mi-badge">{say(isUrgent ? 'urgent' : 'to_do')}</span>
            <Link className="mi-link" to={to}>
              {say(`matter.${code}`, { count, number: upTo(count, counted) })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
