import { access, mkdir, open, realpath, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join, parse, resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import type { Note } from '#app/imports/notes'
import type { SourceFile } from '#app/mappings/locate_sources'
import { BadSource } from '#app/mappings/source_problems'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

interface Written {
  handle: FileHandle
  endsLine: boolean
}

/**
 * The rows that were not taken, byte for byte as they came and under their own header, so that they can be corrected and
 * imported again with the same mapping. Several source files make a folder with one file each. The reasons stand in
 * `<name>.reasons.csv` beside the file, or in `reasons.csv` of the folder.
 */
export class RejectsFile {
  private files = new Map<string, Written>()

  private constructor(
    private path: string,
    private several: boolean,
    private reasons: FileHandle,
    private sentence: (note: Note) => string
  ) {}

  /** What an earlier run left there is replaced; anything else is not touched. Errors: BadSource. */
  static async open(path: string, sources: SourceFile[], sentence: (note: Note) => string): Promise<RejectsFile> {
    const read = sources.filter(({ lookupOnly }) => !lookupOnly)
    const several = read.length > 1
    const { dir, name } = parse(path)
    const reasonsPath = several ? join(path, 'reasons.csv') : join(dir, `${name}.reasons.csv`)
    const targets = several ? read.map(({ entry }) => join(path, entry.file)) : [path]
    await refuseOthers(path, [...targets, ...(several ? [path] : [])], sources)
    if (!(await exists(reasonsPath)) && (await anyExists(targets))) throw new BadSource('rejects_not_ours', { path })
    try {
      await Promise.all(targets.map((target) => rm(target, { force: true })))
      const reasons = await openPrivate(reasonsPath)
      await reasons.write('file,line,column,code,reason\n')
      return new RejectsFile(path, several, reasons, sentence)
    } catch (error) {
      throw new BadSource('rejects_not_writable', { path, detail: String((error as NodeJS.ErrnoException).code) })
    }
  }

  async add(file: string, header: Buffer, notes: Note[]) {
    const rejected = notes.filter(({ outcome }) => outcome === 'rejected')
    if (!rejected.length) return
    const target = await this.fileOf(file, header)
    const bytes: Buffer[] = []
    for (const { row } of rejected) {
      // The last row of a source may come without its line ending.
      bytes.push(...(target.endsLine ? [] : [Buffer.of(LINE_FEED)]), row.raw)
      target.endsLine = row.raw.at(-1) === LINE_FEED || row.raw.at(-1) === CARRIAGE_RETURN
    }
    await target.handle.write(Buffer.concat(bytes))
    const lines = rejected.map((note) => [file, note.row.line, note.column ?? '', note.code, this.sentence(note)])
    await this.reasons.write(stringify(lines, { escape_formulas: true }))
  }

  async close() {
    const handles = [this.reasons, ...[...this.files.values()].map(({ handle }) => handle)]
    await Promise.all(handles.map((handle) => handle.close()))
  }

  private async fileOf(file: string, header: Buffer): Promise<Written> {
    const known = this.files.get(file)
    if (known) return known
    const handle = await openPrivate(this.several ? join(this.path, file) : this.path)
    await handle.write(header)
    const made = { handle, endsLine: true }
    this.files.set(file, made)
    return made
  }
}

/** It holds rows of patients: for its owner only. */
async function openPrivate(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true })
  return open(path, 'w', 0o600)
}

/** The rows that are still to be read must not be overwritten by those that were refused. */
async function refuseOthers(path: string, targets: string[], sources: SourceFile[]) {
  const real = (one: string) => realpath(one).catch(() => resolve(one))
  const read = new Set(await Promise.all(sources.map((source) => real(source.path))))
  const folders = new Set([...read].map(dirname))
  for (const target of await Promise.all(targets.map(real))) {
    if (read.has(target) || folders.has(target)) throw new BadSource('rejects_over_source', { path })
  }
}

async function anyExists(paths: string[]): Promise<boolean> {
  const found = await Promise.all(paths.map(exists))
  return found.includes(true)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}
