import * as React from 'react'

interface Props {
  kind: 'text' | 'lines' | 'prose' | 'choice' | 'several'
  name: string
  label: string
  hint: string
  value: string
  problem?: string
  values?: readonly string[]
  isRequired?: boolean
  least?: number
  most?: number
  say(value: string): string
  onChange(value: string): void
}

/** One setting with what it is for, and what the server says of what was typed. */
export function SettingsField(props: Props) {
  const { kind, name, label, hint, problem } = props
  const about = (
    <>
      <span className="mi-hint" id={`${name}-hint`}>
        {hint}
      </span>
      {problem && (
        <strong className="mi-problem" id={`${name}-problem`}>
          {problem}
        </strong>
      )}
    </>
  )
  if (kind === 'several')
    return (
      <fieldset className="mi-field" aria-describedby={describedBy(props)}>
        <legend className="mi-label">{label}</legend>
        {about}
        <Boxes {...props} />
      </fieldset>
    )
  return (
    <div className="mi-field">
      <label className="mi-label" htmlFor={name}>
        {label}
      </label>
      {about}
      <Control {...props} />
    </div>
  )
}

const describedBy = ({ name, problem }: Props) => (problem ? `${name}-hint ${name}-problem` : `${name}-hint`)

function Control(props: Props) {
  const { kind, name, value, problem, values = [], isRequired, least, most, say, onChange } = props
  const typed = {
    ...{ id: name, name, className: 'mi-control', value, required: isRequired },
    ...{ 'aria-describedby': describedBy(props), 'aria-invalid': problem ? true : undefined },
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  if (kind === 'choice')
    return (
      <select {...typed}>
        {values.map((each) => (
          <option key={each} value={each}>
            {say(each)}
          </option>
        ))}
      </select>
    )
  if (kind === 'text') return <input type="text" maxLength={most} {...typed} />
  return <textarea rows={kind === 'lines' ? 4 : 3} minLength={least} maxLength={most} {...typed} />
}

/** What is ticked is kept side by side, with commas; the last one stays. */
function Boxes({ value, values = [], say, onChange }: Props) {
  const ticked = values.filter((each) => value.split(',').includes(each))
  const tick = (one: string) =>
    onChange(values.filter((each) => (each === one ? !ticked.includes(one) : ticked.includes(each))).join(','))
  return (
    <>
      {values.map((each) => (
        <label key={each} style={{ display: 'flex', gap: 8, padding: '6px 0' }}>
          <input
            type="checkbox"
            checked={ticked.includes(each)}
            disabled={ticked.length === 1 && ticked.includes(each)}
            onChange={() => tick(each)}
          />
          {say(each)}
        </label>
      ))}
    </>
  )
}
