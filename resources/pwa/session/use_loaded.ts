import { useSignal } from '@preact/signals'
import { useCallback, useEffect } from 'preact/hooks'
import type { ProblemBody } from '#app/sync/protocol'
import type { Answer } from '#pwa/session/ask'

/** What a screen asks for when it opens; `reload` asks again and keeps what is shown until the answer is there. */
export function useLoaded<Data>(load: () => Promise<Answer<Data>>) {
  const data = useSignal<Data | null>(null)
  const problem = useSignal<ProblemBody | null>(null)
  const reload = useCallback(async () => {
    const answer = await load()
    if (answer.data !== undefined) data.value = answer.data
    problem.value = answer.problem ?? null
  }, [])
  useEffect(() => void reload(), [])
  return { data, problem, reload }
}
