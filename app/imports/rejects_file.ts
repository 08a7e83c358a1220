import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, parse } from 'node:path'
import { once } from 'node:events'
import { stringify } from 'csv-stringify/sync'
import type { Note } from '#app/imports/write_batch'

const NEWLINE = Buffer.from('\n')

/**
 * The rows that were not taken, byte for byte as they came and under their own header, so that they can be corrected and
 * imported again with the same mapping. Several source files make a folder with one file each. The reasons stand in
 * `<name>.reasons.csv` beside it.
 */
export class RejectsFile {
  private streams = new Map<string, { stream: WriteStream; endsLine: boolean }>()
  private reasons?: WriteStream
  count = 0

  /** `several`: whether more than one source file is read, and `path` thus names a folder. */
  constructor(
    private path: string,
    private several: boolean,
    private sentence: (note: Note) => string
  ) {}

  async add(file: string, header: Buffer, notes: Note[]) {
    for (const note of notes) {
      if (note.outcome !== 'rejected') continue
      this.count++
      const target = await this.streamOf(file, header)
      if (!target.endsLine) await write(target.stream, NEWLINE)
      await write(target.stream, note.row.raw)
      target.endsLine = note.row.raw.at(-1) === NEWLINE[0] || note.row.raw.at(-1) === 0x0d
      const { row, column, code } = note
      await write(this.reasons!, Buffer.from(stringify([[file, row.line, column ?? '', code, this.sentence(note)]])))
    }
  }

  async close() {
    const streams = [...this.streams.values()].map(({ stream }) => stream)
    if (this.reasons) streams.push(this.reasons)
    await Promise.all(streams.map(async (stream) => (stream.end(), once(stream, 'finish'))))
  }

  private async streamOf(file: string, header: Buffer) {
    const known = this.streams.get(file)
    if (known) return known
    const path = this.several ? join(this.path, file) : this.path
    await mkdir(dirname(path), { recursive: true })
    // It holds rows of patients: for its owner only.
    const made = { stream: createWriteStream(path, { mode: 0o600 }), endsLine: true }
    await write(made.stream, header)
    this.streams.set(file, made)
    await this.openReasons()
    return made
  }

  private async openReasons() {
    if (this.reasons) return
    const { dir, name } = parse(this.path)
    const path = this.several ? join(this.path, 'reasons.csv') : join(dir, `${basename(name)}.reasons.csv`)
    this.reasons = createWriteStream(path, { mode: 0o600 })
    await write(this.reasons, Buffer.from('file,line,column,code,reason\n'))
  }
}

async function write(stream: WriteStream, bytes: Buffer) {
  if (!stream.write(bytes)) await once(stream, 'drain')
}
