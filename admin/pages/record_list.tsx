import * as React from 'react'
import { useEffect } from 'react'
import {
  useQueryParams,
  useRecords,
  useTranslation,
  ViewHelpers,
  type ActionProps,
  type BasePropertyJSON,
  type RecordJSON,
} from 'adminjs'
import { Link, useLocation } from 'react-router-dom'
import { Pager, totalText } from './pager.js'
import { ShownValue } from './shown_value.js'

/** The records of one kind, a page at a time. */
export function RecordList({ resource, action, setTag }: ActionProps) {
  const { records, loading, page, perPage, total, sortBy, direction } = useRecords(resource.id)
  const { storeParams } = useQueryParams()
  const { translateMessage } = useTranslation()
  const { counted } = action.custom as { counted: number }
  useEffect(() => setTag?.(totalText(total, counted)), [total])
  const columns = resource.listProperties
  return (
    <div className="mi-card" aria-busy={loading}>
      {!records.length ? (
        <p role="status">{translateMessage(loading ? 'reading' : 'noRecords', resource.id)}</p>
      ) : (
        <Scrolled label={resource.name} resourceId={resource.id}>
          <table className="mi-table">
            <thead>
              <tr>
                {columns.map((property) => (
                  <Heading key={property.propertyPath} {...{ property, sortBy, direction }} />
                ))}
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <Row key={record.id} record={record} columns={columns} />
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
      <Pager {...{ page, perPage, total, counted }} onTurn={(to) => storeParams({ page: String(to) })} />
    </div>
  )
}

/** What is wider than its card scrolls in it, by keyboard too. */
function Scrolled({ label, resourceId, children }: React.PropsWithChildren<{ label: string; resourceId: string }>) {
  const { translateLabel } = useTranslation()
  return (
    <div className="mi-scroll" role="region" aria-label={translateLabel(label, resourceId)} tabIndex={0}>
      {children}
    </div>
  )
}

interface HeadingProps {
  property: BasePropertyJSON
  sortBy?: string
  direction?: 'asc' | 'desc'
}

function Heading({ property, sortBy, direction }: HeadingProps) {
  const { translateProperty, translateLabel } = useTranslation()
  const query = new URLSearchParams(useLocation().search)
  const label = translateProperty(property.label, property.resourceId)
  if (!property.isSortable) return <th scope="col">{label}</th>
  const isSorted = sortBy === property.propertyPath
  query.set('sortBy', property.propertyPath)
  query.set('direction', isSorted && direction === 'asc' ? 'desc' : 'asc')
  query.delete('page')
  const order = isSorted ? (direction === 'desc' ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" aria-sort={order}>
      <Link to={{ search: query.toString() }} title={translateLabel('sort')}>
        {label}
        {order && <span aria-hidden="true">{order === 'ascending' ? ' ↑' : ' ↓'}</span>}
      </Link>
    </th>
  )
}

function Row({ record, columns }: { record: RecordJSON; columns: BasePropertyJSON[] }) {
  const { translateAction } = useTranslation()
  const named = columns.find(({ isTitle }) => isTitle) ?? columns[0]
  const mayOpen = record.recordActions.some(({ name }) => name === 'show')
  return (
    <tr data-id={record.id}>
      {columns.map((property) => {
        const value = <ShownValue property={property} record={record} isShort />
        const to = new ViewHelpers().recordActionUrl({
          resourceId: property.resourceId,
          recordId: record.id,
          actionName: 'show',
        })
        return (
          <td key={property.propertyPath}>
            {mayOpen && property === named ? (
              <Link to={to} title={translateAction('show', property.resourceId)}>
                {value}
              </Link>
            ) : (
              value
            )}
          </td>
        )
      })}
    </tr>
  )
}
