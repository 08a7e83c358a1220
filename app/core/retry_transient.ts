import { setTimeout as sleep } from 'node:timers/promises'
import { isTransient } from '#app/core/to_problem'

const ATTEMPTS = 8

/**
 * Does it again, from its start, where a deadlock or a busy database undid it. Only for what is a transaction of its own:
 * inside of another one the outer work is undone too. Errors: whatever `work` throws, after eight attempts at most.
 */
export async function retryTransient<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error
      await sleep(Math.random() * 10 * 2 ** attempt)
    }
  }
}
