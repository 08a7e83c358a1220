import type { SyncRequest } from '#app/sync/protocol'
import { NoNetwork, type Transport } from '#pwa/sync/transport'

export const FAULTS = ['none', 'lost request', 'lost answer', 'twice', 'late', 'cut load'] as const
export type Fault = (typeof FAULTS)[number]

/** A line that loses requests and answers, brings them twice, or long after they were given up. */
export class BadLine implements Transport {
  fault: Fault = 'none'
  private late: SyncRequest[] = []

  constructor(private readonly server: Transport) {}

  async exchange(request: SyncRequest) {
    const fault = this.taken()
    if (fault === 'late') this.late.push(request)
    if (fault === 'late' || fault === 'lost request') throw new NoNetwork(fault)
    if (fault === 'twice') await this.server.exchange(request)
    const answer = await this.server.exchange(request)
    if (fault === 'lost answer') throw new NoNetwork(fault)
    return answer
  }

  async *load(query: Parameters<Transport['load']>[0]) {
    const isCut = this.fault === 'cut load'
    let charts = 0
    for await (const line of this.server.load(query)) {
      if (isCut && line.kind === 'chart' && charts++ > 0) {
        this.fault = 'none'
        throw new NoNetwork('cut load')
      }
      yield line
    }
  }

  /** What was given up arrives all the same; nobody waits for the answer. */
  async deliver(): Promise<void> {
    for (const request of this.late.splice(0)) await this.server.exchange(request)
  }

  private taken(): Fault {
    const { fault } = this
    if (fault !== 'cut load') this.fault = 'none'
    return fault
  }
}
