import type { ComponentChildren, JSX } from 'preact'
import { useContext, useId } from 'preact/hooks'
import { FieldContext, useFieldWiring } from '#pwa/design/field_context'

export type TextInputProps = JSX.IntrinsicElements['input']

export function TextInput(props: TextInputProps) {
  return <input type="text" class="control" {...useFieldWiring()} {...(props as object)} />
}

export function DateInput(props: TextInputProps) {
  return <input type="date" class="control control-short" {...useFieldWiring()} {...(props as object)} />
}

/** A number as it is typed, with the keys for it; comma and point are both let pass. */
export function NumberInput(props: TextInputProps) {
  return (
    <input
      type="text"
      inputMode="decimal"
      autocomplete="off"
      class="control control-short"
      {...useFieldWiring()}
      {...(props as object)}
    />
  )
}

export function TextArea(props: JSX.IntrinsicElements['textarea']) {
  return <textarea class="control control-area" rows={4} {...useFieldWiring()} {...(props as object)} />
}

export interface Option {
  value: string
  label: string
}

export function Select({ options, ...props }: { options: Option[] } & JSX.IntrinsicElements['select']) {
  return (
    <select class="control" {...useFieldWiring()} {...props}>
      {options.map(({ value, label }) => (
        <option key={value} value={value} selected={props.value === undefined ? undefined : props.value === value}>
          {label}
        </option>
      ))}
    </select>
  )
}

export function Checkbox({ label, hint, ...props }: { label: ComponentChildren; hint?: string } & TextInputProps) {
  const id = useId()
  return (
    <label class="checkbox" for={id}>
      <input type="checkbox" id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...(props as object)} />
      <span>
        {label}
        {hint ? (
          <span class="field-hint" id={`${id}-hint`}>
            {hint}
          </span>
        ) : null}
      </span>
    </label>
  )
}

interface ChoiceProps {
  name: string
  options: (Option & { hint?: string })[]
  value: string | null
  onChange: (value: string) => void
}

/** One of a few, each as a card to tap on. */
export function Choice({ name, options, value, onChange }: ChoiceProps) {
  const field = useContext(FieldContext)
  return (
    <div
      class="choice"
      role="radiogroup"
      id={field?.id}
      aria-labelledby={field?.labelId}
      aria-describedby={field?.describedBy}
      aria-required={field?.isRequired || undefined}
      aria-invalid={field?.isInvalid || undefined}
    >
      {options.map((option) => (
        <label key={option.value} class="choice-card">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint ? <span class="field-hint">{option.hint}</span> : null}
          </span>
        </label>
      ))}
    </div>
  )
}
