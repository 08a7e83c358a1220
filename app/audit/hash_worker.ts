// Imports nothing of ours: the worker starts without the loader that resolves `#app`.
import { hash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'

/** Encoded rows one behind the other, where each ends, and the code that each has, 16 bytes a row. */
export interface HashTask {
  bytes: Uint8Array
  ends: Uint32Array
  macs: Uint8Array
}

/** The rows' leaf hashes, 32 bytes each, and 1 for each whose code is by one of the keys. */
export interface Hashed {
  leaves: Uint8Array
  hasMac: Uint8Array
}

const HEAD = 64
const keys = (workerData as { keys: { inner: Uint8Array; outer: Uint8Array }[] }).keys
let scratch = new Uint8Array(65_536)

parentPort!.on('message', ({ bytes, ends, macs }: HashTask) => {
  const [leaves, hasMac] = [new Uint8Array(ends.length * 32), new Uint8Array(ends.length)]
  let from = 0
  for (const [at, end] of ends.entries()) {
    const row = bytes.subarray(from, end)
    from = end
    if (scratch.length < HEAD + row.length) scratch = new Uint8Array((HEAD + row.length) * 2)
    scratch.set(row, HEAD)
    scratch[HEAD - 1] = 0
    leaves.set(hash('sha256', scratch.subarray(HEAD - 1, HEAD + row.length), 'buffer'), at * 32)
    const mac = macs.subarray(at * 16, at * 16 + 16)
    hasMac[at] = Number(keys.some((key) => isMac(key, HEAD + row.length, mac)))
  }
  parentPort!.postMessage({ leaves, hasMac } satisfies Hashed, [leaves.buffer, hasMac.buffer])
})

/** HMAC (RFC 2104), as in app/audit/audit_entry.ts. */
function isMac({ inner, outer }: (typeof keys)[number], end: number, mac: Uint8Array): boolean {
  scratch.set(inner)
  outer.set(hash('sha256', scratch.subarray(0, end), 'buffer'), HEAD)
  const whole = hash('sha256', outer, 'buffer')
  return mac.every((byte, at) => byte === whole[at])
}
