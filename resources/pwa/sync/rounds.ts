import type { Clock } from '#pwa/device/core'
import type { Engine, RoundEnd } from '#pwa/sync/engine'

const SOON = 300
const EVERY = 60_000
const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 300_000

/** When rounds are: soon after a write, from time to time, and the later the more often they failed. One at a time. */
export class Rounds {
  private running: Promise<RoundEnd> | null = null
  private isWished = false
  private callOff = () => {}
  private isStopped = true
  private failures = 0

  constructor(
    private readonly engine: Engine,
    private readonly clock: Clock,
    /** A failure that nobody foresaw: told, and tried again later like any other. */
    private readonly failed: (error: unknown) => void,
    private readonly random: () => number = Math.random
  ) {}

  start() {
    this.isStopped = false
    this.soon()
  }

  stop() {
    this.isStopped = true
    this.callOff()
  }

  soon() {
    if (this.isStopped) return
    if (this.running) this.isWished = true
    else this.next(SOON)
  }

  /** Begins at once, after the one that runs; returns when it is over. */
  async now(): Promise<void> {
    await this.running
    await this.run()
  }

  private async run(): Promise<void> {
    if (this.running) return void (await this.running)
    this.callOff()
    this.isWished = false
    this.running = this.engine.round().catch((error) => {
      this.failed(error)
      return 'later' as const
    })
    const end = await this.running
    this.running = null
    this.failures = end === 'agreed' || end === 'needs' ? 0 : this.failures + 1
    // Whoever wishes one knows of something new: the line that is back while the round without it was ending.
    if (!this.isStopped) this.next(this.isWished ? SOON : this.pause())
  }

  private next(milliseconds: number) {
    this.callOff()
    this.callOff = this.clock.after(milliseconds, () => void this.run())
  }

  /** Twice as long after each failure, and never at the same moment as all other devices. */
  private pause(): number {
    if (!this.failures) return EVERY
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(this.failures - 1, 10))
    return longest * (0.5 + this.random() / 2)
  }
}
