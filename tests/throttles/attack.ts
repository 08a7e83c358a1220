import { hashesOf } from '#tests/throttles/limits'

export interface Attack {
  tries: number
  /** How many are on their way at the same moment. */
  atOnce: number
  /** Makes one try and answers what became of it. */
  attempt: (index: number) => Promise<string>
  /** What happens once half of the tries are made. */
  halfway?: () => Promise<void>
}

export interface Attacked {
  /** Passwords that were checked. */
  hashes: number
  answers: Map<string, number>
  seconds: number
}

/** Tries again and again, and tells how many tries came as far as the check of a password. */
export async function attack({ tries, atOnce, attempt, halfway }: Attack): Promise<Attacked> {
  const answers = new Map<string, number>()
  const startedAt = performance.now()
  const send = async (from: number, to: number) => {
    let next = from
    const sender = async () => {
      while (next < to) {
        const answer = await attempt(next++)
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, sender))
  }
  const hashes = await hashesOf(async () => {
    const half = Math.floor(tries / 2)
    await send(0, half)
    await halfway?.()
    await send(half, tries)
  })
  return { hashes, answers, seconds: (performance.now() - startedAt) / 1000 }
}

/** How many tries a bucket lets through in so many seconds. */
export function mostOf(
  { burst, everySeconds }: { burst: number; everySeconds: number },
  { seconds }: Attacked
): number {
  return burst + Math.ceil(seconds / everySeconds)
}
