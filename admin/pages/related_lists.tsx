import * as React from 'react'
import { useResource, useTranslation, type RecordJSON } from 'adminjs'
import { Link } from 'react-router-dom'

/** By resource: the list's filter, and whose value of the record it takes. */
export type Related = Record<string, { filter: string; by: string }>

/** What else there is of a record: lists, narrowed to it. */
export function RelatedLists({ record, related }: { record: RecordJSON; related: Related }) {
  const { translateLabel } = useTranslation()
  const lists = Object.entries(related)
  if (!lists.length) return null
  return (
    <nav className="mi-row mi-related" aria-label={translateLabel('related')}>
      {lists.map(([id, { filter, by }]) => (
        <RelatedList key={id} id={id} filter={filter} value={record.params[by] as unknown} />
      ))}
    </nav>
  )
}

/** Nothing where the person does not see it. */
function RelatedList({ id, filter, value }: { id: string; filter: string; value: unknown }) {
  const { translateLabel } = useTranslation()
  const href = useResource(id)?.href
  if (!href || typeof value !== 'string') return null
  return (
    <Link className="mi-button" to={`${href}?filters.${filter}=${encodeURIComponent(value)}`}>
      {translateLabel(id)}
    </Link>
  )
}
