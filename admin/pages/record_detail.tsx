import * as React from 'react'
import { BasePropertyComponent, useTranslation, type ActionProps, type BasePropertyJSON } from 'adminjs'
import { RelatedLists, type Related } from './related_lists.js'
import { ShownValue } from './shown_value.js'

/** Everything of a record, by its label. */
export function RecordDetail({ resource, action, record }: ActionProps) {
  const { translateProperty } = useTranslation()
  if (!record) return null
  const row = (property: BasePropertyJSON) =>
    property.components?.show ? (
      <BasePropertyComponent key={property.propertyPath} where="show" {...{ property, resource, record }} />
    ) : (
      <dl key={property.propertyPath} className="mi-detail">
        <dt>{translateProperty(property.label, property.resourceId)}</dt>
        <dd>
          <ShownValue property={property} record={record} />
        </dd>
      </dl>
    )
  return (
    <>
      <RelatedLists record={record} related={(action.custom as { related: Related }).related} />
      <div className="mi-card">{resource.showProperties.map(row)}</div>
    </>
  )
}
