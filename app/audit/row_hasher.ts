import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { encodeRows, sealsOf, type AuditRow, type MacKey } from '#app/audit/audit_entry'
import type { Hashed, HashTask } from '#app/audit/hash_worker'

const workerFile = new URL(`./hash_worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url)
/** Of fewer rows than these a worker takes longer to start than it saves. */
const WORTH_IT = 20_000

export interface Seals {
  leaf: Buffer
  hasMac: boolean
}

/** Hashes pages of rows, in a thread of its own where there are many: the next page is read meanwhile. */
export interface RowHasher {
  /** In the order of the rows. Pages are to be given one after the other. */
  hash(rows: AuditRow[]): Promise<Seals[]>
  close(): Promise<void>
}

export function rowHasher(keys: MacKey[], rows: number): RowHasher {
  if (rows < WORTH_IT) return { hash: async (page) => page.map((row) => sealsOf(keys, row)), close: async () => {} }
  return new WorkerHasher(keys)
}

class WorkerHasher implements RowHasher {
  private worker: Worker
  private waiting: PromiseWithResolvers<Hashed>[] = []

  constructor(keys: MacKey[]) {
    this.worker = new Worker(workerFile, { workerData: { keys }, execArgv: [] })
    this.worker.on('message', (hashed: Hashed) => this.waiting.shift()?.resolve(hashed))
    this.worker.on('error', (error) => this.waiting.forEach(({ reject }) => reject(error)))
  }

  async hash(rows: AuditRow[]): Promise<Seals[]> {
    if (!rows.length) return []
    const answered = Promise.withResolvers<Hashed>()
    this.waiting.push(answered)
    const task: HashTask = encodeRows(rows)
    this.worker.postMessage(task, [task.bytes.buffer, task.ends.buffer, task.macs.buffer] as ArrayBuffer[])
    const { leaves, hasMac } = await answered.promise
    const all = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.length)
    return rows.map((_, at) => ({ leaf: all.subarray(at * 32, at * 32 + 32), hasMac: hasMac[at] === 1 }))
  }

  async close() {
    await this.worker.terminate()
  }
}
