import { useState } from 'preact/hooks'
import type { Values } from '#pwa/screens/consultation/clinical_form'

/** A form's values, and what tells a draft of each change. */
export function useValues<T extends Values>(initial: T, onChange?: (values: Values) => void) {
  const [values, setValues] = useState(initial)
  const change = (changes: Partial<T>) => {
    const next = { ...values, ...changes }
    setValues(next)
    onChange?.(next)
  }
  return [values, change] as const
}

type Problems = Record<string, string | undefined>

/** What the form itself finds wrong: told at the fields after somebody tried to send it. */
export function useProblems() {
  const [problems, setProblems] = useState<Problems>({})
  /** @returns whether there are none */
  const arePassed = (found: Problems) => {
    setProblems(found)
    const hasNone = Object.values(found).every((each) => !each)
    if (!hasNone) showFirstFault()
    return hasNone
  }
  return [problems, arePassed] as const
}

/** The button may be a screen below what it complains of. */
export function showFirstFault() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.field [aria-invalid="true"]')?.focus())
}
