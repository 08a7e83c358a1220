import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ProblemBody } from '#app/sync/protocol'

interface FieldWiring {
  id: string
  labelId: string
  describedBy?: string
  isInvalid: boolean
  isRequired: boolean
}

/** What a field says to the one control in it. */
export const FieldContext = createContext<FieldWiring | null>(null)

/** The refusal of the form that a field stands in. */
export const FormContext = createContext<ProblemBody | null>(null)

/** The attributes by which a control belongs to its field; outside of one, none. */
export function useFieldWiring(): object {
  const field = useContext(FieldContext)
  if (!field) return {}
  return {
    'id': field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.isInvalid || undefined,
    'aria-required': field.isRequired || undefined,
  }
}
