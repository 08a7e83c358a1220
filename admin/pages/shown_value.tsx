import * as React from 'react'
import { useTranslation, type BasePropertyJSON, type RecordJSON, type ResourceJSON } from 'adminjs'

interface Props {
  property: BasePropertyJSON
  record: RecordJSON
  /** With months cut short, as in a column of a list. */
  isShort?: boolean
}

/** A value as people read it: the text of what has one, an instant where the reader is, several with commas. */
export function ShownValue({ property, record, isShort }: Props) {
  const say = useSaid(property)
  const values = valuesOf(property, record)
  if (!values.length) return <>–</>
  const [first] = values
  if (property.type === 'datetime' || property.type === 'date')
    return <time dateTime={String(first)}>{dated(String(first), property, isShort)}</time>
  if (property.isArray) return <span className="mi-text">{values.map(say).join(', ')}</span>
  const shown = say(first)
  return <span className={property.availableValues ? 'mi-badge' : 'mi-text'}>{shown}</span>
}

/** How a property's values are said. */
export function useSaid(property: BasePropertyJSON) {
  const { translateProperty } = useTranslation()
  const { propertyPath, resourceId, type, availableValues } = property
  return (value: unknown): string => {
    const text = String(value)
    if (availableValues) return translateProperty(`${propertyPath}=${text}`, resourceId, { defaultValue: text })
    if (type === 'boolean') return translateProperty(`${propertyPath}=${text}`, resourceId, yesOrNo(text))
    return type === 'number' ? new Intl.NumberFormat(language()).format(Number(text)) : text
  }

  function yesOrNo(text: string) {
    return { defaultValue: translateProperty(text === 'true' ? 'yes' : 'no') }
  }
}

/** What a record is called: its title as people read it, which may be a value that has a text. */
export function useTitle(resource: ResourceJSON, record: RecordJSON | undefined): string | undefined {
  const say = useSaid(resource.titleProperty)
  return record?.title && resource.titleProperty.availableValues ? say(record.title) : record?.title
}

export const language = () => document.documentElement.lang || 'fr'

function valuesOf({ propertyPath, isArray }: BasePropertyJSON, { params }: RecordJSON): unknown[] {
  const value: unknown = params[propertyPath]
  if (!isArray) return value === undefined || value === null || value === '' ? [] : [value]
  const values: unknown[] = []
  while (params[`${propertyPath}.${values.length}`] !== undefined)
    values.push(params[`${propertyPath}.${values.length}`])
  return values
}

/** A day is the same day everywhere; what cannot be read is shown as it is. */
function dated(value: string, { type, custom }: BasePropertyJSON, isShort?: boolean): string {
  const at = new Date(type === 'date' ? `${value.slice(0, 10)}T00:00:00Z` : value)
  if (Number.isNaN(at.getTime())) return value
  const timeStyle = custom?.hasSeconds ? 'medium' : 'short'
  const form = type === 'date' ? { timeZone: 'UTC' } : ({ timeStyle } as const)
  return new Intl.DateTimeFormat(language(), { dateStyle: isShort ? 'medium' : 'long', ...form }).format(at)
}
