import { open, readFile } from 'node:fs/promises'
import type { Anchor } from '#app/audit/anchor'

/** A note, with an empty line behind it or the file's end. */
const NOTE = /(?:(?!— )[^\n]+\n){3,}\n(?:— [^\n]+\n)+(?=\n|$)/g
/** Ends what the power cut off, so that it is read as no part of a note. */
const TORN = '\n(torn)\n'

/** A file on another disk, to which notes are only added. Its folder has to be there: without the disk it is not. */
export function fileAnchor(file: string): Anchor {
  return {
    place: `file:${file}`,

    async put(note) {
      const handle = await open(file, 'a+', 0o600)
      try {
        const { size } = await handle.stat()
        const { buffer: last } = await handle.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) })
        const before = size === 0 ? '' : last.toString() === '\n' ? '\n' : `${TORN}\n`
        await handle.appendFile(before + note)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },

    async read(newest = Infinity) {
      const text = await readFile(file, 'utf8').catch(missing)
      const rest = text.replaceAll(NOTE, '').trim()
      const notes = text.match(NOTE) ?? []
      return newest === Infinity ? [...notes, ...(rest ? [rest] : [])] : notes.slice(-newest)
    },
  }
}

/** Nothing was anchored yet. */
function missing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
