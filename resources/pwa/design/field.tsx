import type { ComponentChildren } from 'preact'
import { useContext, useId } from 'preact/hooks'
import { FieldContext, FormContext } from '#pwa/design/field_context'
import { Icon } from '#pwa/design/icon'
import { errorAt } from '#pwa/session/ask'
import { t } from '#pwa/texts/t'

interface FieldProps {
  label: string
  hint?: ComponentChildren
  error?: string
  required?: boolean
  /** The name of the field in what is sent, such as `email` or `/items/0/code`: the form's refusal of it is shown here. */
  pointer?: string
  children: ComponentChildren
}

/** A label and what belongs to it, around exactly one control. */
export function Field({ label, hint, error, required = false, pointer, children }: FieldProps) {
  const id = useId()
  const refusal = useContext(FormContext)
  const shown = error ?? (pointer ? errorAt(refusal, pointer) : undefined)
  const describedBy = [hint ? `${id}-hint` : '', shown ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  const wiring = { id, labelId: `${id}-label`, describedBy, isInvalid: Boolean(shown), isRequired: required }
  return (
    <div class="field" data-pointer={pointer && (pointer.startsWith('/') ? pointer : `/${pointer}`)}>
      <label class="field-label" for={id} id={`${id}-label`}>
        {label}
        {required ? null : <span class="field-optional"> {t('common.optional')}</span>}
      </label>
      {hint ? (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      <FieldContext.Provider value={wiring}>{children}</FieldContext.Provider>
      {shown ? (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="danger" size={18} />
          {shown}
        </p>
      ) : null}
    </div>
  )
}
