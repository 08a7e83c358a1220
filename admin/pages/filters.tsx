import * as React from 'react'
import { useEffect, useRef, type FormEvent } from 'react'
import { useFilterDrawer, useQueryParams, useTranslation, type BasePropertyJSON, type ResourceJSON } from 'adminjs'
import { useSaid } from './shown_value.js'

/** Narrows the list. As a dialog it keeps the focus, closes by Escape and gives the focus back to its button. */
export function Filters({ resource }: { resource: ResourceJSON }) {
  const { translateButton, translateLabel } = useTranslation()
  const { isVisible, close } = useFilterDrawer()
  const { filters = {}, storeParams, clearParams } = useQueryParams<object, Record<string, string>>()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isVisible && !dialog.current?.open) dialog.current?.showModal()
    if (!isVisible) dialog.current?.close()
  }, [isVisible])
  // Whoever goes elsewhere while it is open does not meet it there.
  useEffect(() => close, [resource.id])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const filled = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '')
    storeParams({ filters: Object.fromEntries(filled) as Record<string, string>, page: '1' })
    close()
  }
  const clear = () => {
    clearParams('filters', 'page')
    close()
  }
  const fields = resource.filterProperties
  return (
    <dialog ref={dialog} className="mi-drawer" aria-labelledby="filters-title" onClose={close}>
      {isVisible && (
        <form onSubmit={submit}>
          <h2 id="filters-title" className="mi-title">
            {translateLabel('filters', resource.id)}
          </h2>
          {fields.map((property) => (
            <Field key={property.propertyPath} property={property} filters={filters} />
          ))}
          <div className="mi-row" style={{ paddingTop: 16 }}>
            <button type="submit" className="mi-button mi-primary">
              {translateButton('applyChanges', resource.id)}
            </button>
            <button type="button" className="mi-button" onClick={clear}>
              {translateButton('resetFilter', resource.id)}
            </button>
            <button type="button" className="mi-button" onClick={close}>
              {translateButton('close', resource.id)}
            </button>
          </div>
        </form>
      )}
    </dialog>
  )
}

function Field({ property, filters }: { property: BasePropertyJSON; filters: Record<string, string> }) {
  const { translateProperty, translateLabel } = useTranslation()
  const say = useSaid(property)
  const { propertyPath, type, availableValues } = property
  const label = translateProperty(property.label, property.resourceId)
  const held = filters[propertyPath] ?? ''
  if (type === 'date' || type === 'datetime') return <Span {...{ property, label, filters }} />
  const values = availableValues?.map(({ value }) => String(value)) ?? (type === 'boolean' ? ['true', 'false'] : null)
  return (
    <label className="mi-field">
      <span>{label}</span>
      {values ? (
        <select className="mi-control" name={propertyPath} defaultValue={held}>
          <option value="">{translateLabel('any')}</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {say(value)}
            </option>
          ))}
        </select>
      ) : (
        <input className="mi-control" name={propertyPath} defaultValue={held} />
      )}
    </label>
  )
}

interface SpanProps {
  property: BasePropertyJSON
  label: string
  filters: Record<string, string>
}

function Span({ property: { propertyPath, type }, label, filters }: SpanProps) {
  const { translateProperty } = useTranslation()
  return (
    <fieldset className="mi-field">
      <legend>{label}</legend>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="mi-field">
          <span>{translateProperty(end)}</span>
          <SpanEnd name={`${propertyPath}~~${end}`} type={type as 'date' | 'datetime'} held={filters} />
        </label>
      ))}
    </fieldset>
  )
}

interface SpanEndProps {
  name: string
  type: 'date' | 'datetime'
  held: Record<string, string>
}

/** The field that is seen has no name: what is sent is the one beside it. */
function SpanEnd({ name, type, held }: SpanEndProps) {
  const sent = useRef<HTMLInputElement>(null)
  const before = held[name] ?? ''
  const take = (typed: string) => {
    const at = typed && type === 'datetime' ? new Date(typed) : null
    sent.current!.value = at ? (Number.isNaN(at.getTime()) ? '' : at.toISOString()) : typed
  }
  return (
    <>
      <input
        className="mi-control"
        type={type === 'date' ? 'date' : 'datetime-local'}
        defaultValue={type === 'date' ? before.slice(0, 10) : localOf(before)}
        onChange={(event) => take(event.target.value)}
      />
      <input ref={sent} type="hidden" name={name} defaultValue={before} />
    </>
  )
}

/** As a field of the browser wants an instant: without a zone, where the person is. */
function localOf(instant: string): string {
  const at = new Date(instant)
  if (!instant || Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
