import * as React from 'react'
import { ValueGroup } from '@adminjs/design-system'
import { useTranslation, type ShowPropertyProps } from 'adminjs'

/** A text whose lines and spaces are shown as they are. */
export function Preformatted({ property, record, resource }: ShowPropertyProps) {
  const { translateProperty } = useTranslation()
  const text = String(record.params[property.path] ?? '')
  return (
    <ValueGroup label={translateProperty(property.label, resource.id)}>
      <pre style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</pre>
    </ValueGroup>
  )
}
