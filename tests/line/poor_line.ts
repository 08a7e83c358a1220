import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to one connection. Bytes are counted from its beginning. */
export type Fault =
  | { kind: 'refused' }
  /** The server gets so much of the request and then the end. */
  | { kind: 'request_cut'; afterBytes: number }
  /** The server gets the request and does it; nobody hears of it. */
  | { kind: 'answer_lost' }
  | { kind: 'answer_cut'; afterBytes: number }
  | { kind: 'stalled'; forMs: number }

export interface LineOptions {
  /** What becomes of the next connection; null for nothing bad. */
  nextFault?: () => Fault | null
  /** In each direction, for all connections together. */
  bytesPerSecond?: number
  /** From one end to the other, half of a round trip. */
  delayMs?: number
}

/** A TCP line to a server of this machine that is as slow and as unreliable as one wishes. */
export class PoorLine {
  readonly bytes = { up: 0, down: 0 }
  #sockets = new Set<Socket>()
  #busyUntil = { up: 0, down: 0 }

  private constructor(
    private readonly server: Server,
    readonly options: LineOptions
  ) {}

  static async to(port: number, options: LineOptions = {}): Promise<PoorLine> {
    const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const line = new PoorLine(server, options)
    server.on('connection', (client) => line.#carry(client, port))
    return line
  }

  get port() {
    return (this.server.address() as AddressInfo).port
  }

  /** Every connection that stands is cut. */
  cut() {
    for (const socket of this.#sockets) socket.destroy()
  }

  async end() {
    this.server.close()
    this.cut()
    await once(this.server, 'close')
  }

  #carry(client: Socket, port: number) {
    const fault = this.options.nextFault?.() ?? null
    if (fault?.kind === 'refused') return void client.destroy()
    const server = connect({ port, host: '127.0.0.1' })
    const both = [client, server]
    for (const socket of both) {
      this.#sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#sockets.delete(socket)
        for (const other of both) other.destroy()
      })
    }
    const so = { far: 0 }
    const cutAt = (limit: number, bytes: number) => {
      if ((so.far += bytes) < limit) return false
      for (const socket of both) socket.destroy()
      return true
    }
    void this.#flow([client, server], 'up', (bytes) => fault?.kind === 'request_cut' && cutAt(fault.afterBytes, bytes))
    void this.#flow([server, client], 'down', async (bytes) => {
      if (fault?.kind === 'stalled' && !so.far) await sleep(fault.forMs)
      if (fault?.kind === 'answer_lost') return cutAt(0, bytes)
      return fault?.kind === 'answer_cut' && cutAt(fault.afterBytes, bytes)
    })
  }

  /** `isCut` hears of each piece before it goes on. */
  async #flow([from, to]: [Socket, Socket], way: 'up' | 'down', isCut: (bytes: number) => boolean | Promise<boolean>) {
    const { bytesPerSecond, delayMs = 0 } = this.options
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        if (await isCut(piece.length)) return
        if (bytesPerSecond) await this.#turn(way, (piece.length * 1000) / bytesPerSecond)
        this.bytes[way] += piece.length
        if (delayMs) setTimeout(() => void to.write(piece), delayMs)
        else if (!to.write(piece)) await once(to, 'drain')
      }
      if (delayMs) await sleep(delayMs)
      to.end()
    } catch {
      to.destroy()
    }
  }

  /** Pieces of one direction go one after the other, each for as long as it takes. */
  async #turn(way: 'up' | 'down', takesMs: number) {
    const until = Math.max(performance.now(), this.#busyUntil[way]) + takesMs
    this.#busyUntil[way] = until
    await sleep(until - performance.now())
  }
}
