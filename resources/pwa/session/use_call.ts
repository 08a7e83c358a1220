import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ProblemBody } from '#app/sync/protocol'
import type { Answer } from '#pwa/session/ask'
import { language } from '#pwa/texts/t'

/** A call of the API as a form makes it: whether it is under way, and why it was refused. */
export function useCall() {
  const isBusy = useSignal(false)
  const problem = useSignal<ProblemBody | null>(null)
  // A refusal is in the language in which it was asked for, and would stand alone in it.
  useEffect(() => language.subscribe(() => (problem.value = null)), [])

  /** What came back; nothing where it was refused, or where the former call is still under way. */
  async function call<Data>(make: () => Promise<Answer<Data>>): Promise<Data | undefined> {
    if (isBusy.value) return undefined
    isBusy.value = true
    const answer = await make()
    isBusy.value = false
    problem.value = answer.problem ?? null
    return answer.data
  }

  return { isBusy, problem, call }
}
