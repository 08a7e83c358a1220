import { print } from '#cli/output'
import { language, text } from '#cli/texts'

/** The steps of a set-up, each printed when it is done, with its time; silent where one JSON object is the answer. */
export class Steps {
  constructor(private isSilent: boolean) {}

  async run<T>(work: () => Promise<T>, described: (result: T) => string): Promise<T> {
    const startedAt = performance.now()
    const result = await work()
    this.say(text('up.step', { step: described(result), seconds: secondsSince(startedAt) }))
    return result
  }

  say(line: string) {
    if (!this.isSilent) print(line)
  }
}

/** Seconds with one decimal, after a comma where French writes one. */
function secondsSince(startedAt: number): string {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  return language === 'fr' ? seconds.replace('.', ',') : seconds
}
