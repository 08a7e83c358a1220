import * as React from 'react'
import { useEffect, useRef } from 'react'
import { Icon } from '@adminjs/design-system'
import {
  useFilterDrawer,
  useTranslation,
  ViewHelpers,
  type ActionJSON,
  type RecordJSON,
  type ResourceJSON,
} from 'adminjs'
import { Link } from 'react-router-dom'
import { useTitle } from './shown_value.js'

interface Props {
  resource: ResourceJSON
  action: ActionJSON
  record?: RecordJSON
  /** How many there are. */
  tag?: string
  /** Given where there is something to narrow by. */
  toggleFilter?: unknown
}

/** Where one is, what it is called, and what may be done. */
export function ActionHeader({ resource, action, record, tag, toggleFilter }: Props) {
  const { translateAction, translateLabel } = useTranslation()
  const title = useRef<HTMLHeadingElement>(null)
  const kind = translateLabel(resource.name, resource.id)
  const named = action.name === 'list' ? kind : translateAction(action.label, resource.id)
  const called = useTitle(resource, record)
  const shown = action.name === 'show' ? called || named : named
  useEffect(() => {
    document.title = `${shown} – MedInfo`
    // Whoever came by a link that is gone now starts at the top of what it led to.
    if (document.activeElement === document.body) title.current?.focus()
  }, [shown, record?.id])
  return (
    <header className="mi-header">
      <nav aria-label={translateLabel('breadcrumbs')}>
        <ol className="mi-crumbs">
          <li>
            <Link className="mi-link" to={new ViewHelpers().dashboardUrl()}>
              {translateLabel('dashboard')}
            </Link>
          </li>
          {action.name !== 'list' && resource.href && (
            <li>
              <Link className="mi-link" to={resource.href}>
                {kind}
              </Link>
            </li>
          )}
          {record && action.name !== 'show' && (
            <li>
              <Link className="mi-link" to={addressOf('show', resource.id, record.id)}>
                {called}
              </Link>
            </li>
          )}
        </ol>
      </nav>
      <div className="mi-row mi-between">
        <h1 ref={title} className="mi-title" tabIndex={-1}>
          {shown}
          {tag && <span className="mi-count"> {tag}</span>}
        </h1>
        <div className="mi-row">
          {offered({ resource, action, record }).map((each) => (
            <Link
              key={each.name}
              className={`mi-button ${each.variant === 'danger' ? 'mi-danger' : ''}`}
              to={addressOf(each.name, resource.id, record?.id)}
            >
              {each.icon && <Icon icon={each.icon} />}
              {translateAction(each.label, resource.id)}
            </Link>
          ))}
          {Boolean(toggleFilter) && resource.filterProperties.length > 0 && <FilterButton resource={resource} />}
        </div>
      </div>
    </header>
  )
}

function FilterButton({ resource }: { resource: ResourceJSON }) {
  const { translateButton } = useTranslation()
  const { open, filtersCount: count } = useFilterDrawer()
  return (
    <button type="button" className="mi-button" aria-haspopup="dialog" onClick={open}>
      <Icon icon="Filter" />
      {translateButton(count ? 'filterActive' : 'filter', resource.id, { count })}
    </button>
  )
}

/** On a record what may be done with it, and on the list what is done without one. */
function offered({ resource, action, record }: Pick<Props, 'resource' | 'action' | 'record'>): ActionJSON[] {
  if (record) return action.name === 'show' ? record.recordActions.filter(({ name }) => name !== 'show') : []
  return action.name === 'list' ? resource.resourceActions.filter(({ name }) => name !== 'list') : []
}

function addressOf(actionName: string, resourceId: string, recordId?: string): string {
  const h = new ViewHelpers()
  return recordId
    ? h.recordActionUrl({ resourceId, recordId, actionName })
    : h.resourceActionUrl({ resourceId, actionName })
}
