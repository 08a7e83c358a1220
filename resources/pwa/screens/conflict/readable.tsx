import { fieldLabel, isShown, readable } from '#pwa/screens/conflict/field_values'
import '#pwa/screens/conflict/conflict.css'

/** What is written in a record, field by field; empty fields are left out. */
export function Readable({ data }: { data: Record<string, unknown> }) {
  const fields = Object.entries(data).filter(([field, value]) => isShown(field) && value !== null && value !== '')
  return (
    <dl class="conflict-fields">
      {fields.map(([field, value]) => (
        <div key={field}>
          <dt>{fieldLabel(field)}</dt>
          <dd>{readable(field, value)}</dd>
        </div>
      ))}
    </dl>
  )
}
