import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { stringify } from 'csv-stringify/sync'
import { selectRows } from '#app/core/insert_rows'
import { runImport, type ImportOptions } from '#app/imports/run_import'
import type { Caller } from '#app/core/caller'
import Patient from '#app/patients/patient'
import { callerOf } from '#tests/acting'
import { dataDir } from '#start/env'

type Row = Record<string, string>

/** An old system with a name of its own, so that its keys are nobody else's, and a folder of exports in our own CSV. */
export class LegacySystem {
  readonly source = `test-${randomBytes(5).toString('hex')}`
  readonly folder = join(dataDir(), 'legacy', this.source)
  readonly mapping = join(this.folder, 'mapping.yml')

  /** `mapping`: the text of a mapping; the shipped one of our own CSV unless given. */
  static async create(mapping?: string): Promise<LegacySystem> {
    const system = new LegacySystem()
    await mkdir(system.folder, { recursive: true })
    const text = mapping ?? (await readFile('resources/mappings/medinfo.yml', 'utf8'))
    await writeFile(system.mapping, text.replace(/^source: .*$/m, `source: ${system.source}`))
    return system
  }

  path(file: string): string {
    return join(this.folder, file)
  }

  async write(file: string, content: string | Buffer | Row[]) {
    const columns = Array.isArray(content) ? [...new Set(content.flatMap((row) => Object.keys(row)))] : []
    await writeFile(this.path(file), Array.isArray(content) ? stringify(content, { header: true, columns }) : content)
  }

  import(options: Partial<ImportOptions> = {}, caller: Caller = callerOf()) {
    return runImport(caller, { mapping: this.mapping, path: this.folder, ...options })
  }
}

let made = 0

/** A patient of whom nothing is anybody else's. */
export function aPerson(more: Row = {}): Row {
  const number = `${++made}`.padStart(5, '0')
  return {
    id: `p${number}`,
    family_name: `Famille${number}`,
    given_name: 'Awa',
    sex: 'female',
    dob: '1980-05-17',
    ...more,
  }
}

export function aUniqueId(): string {
  return `ID${randomBytes(5).toString('hex').toUpperCase()}`
}

export function rowsOf<T = any>(sql: string, bindings: unknown[] = []): Promise<T[]> {
  return selectRows<T>(db.connection(), sql, bindings)
}

export async function countOf(sql: string, bindings: unknown[] = []): Promise<number> {
  const [row] = await rowsOf(sql, bindings)
  return Number(Object.values(row!)[0])
}

/** The records of a run, by the entity. */
export function recordsOf<T = any>(runUuid: string, entity: string, table: string): Promise<T[]> {
  return rowsOf<T>(
    `select t.* from import_links l join import_runs r on r.id = l.run_id join ${table} t on t.id = l.record_id
     where r.uuid = ? and l.entity = ? order by l.line, l.file`,
    [runUuid, entity]
  )
}

export function notesOf(runUuid: string) {
  return rowsOf<{
    file: string
    line: number
    outcome: string
    code: string
    column: string | null
    record_uuid: string
  }>('select n.* from import_notes n join import_runs r on r.id = n.run_id where r.uuid = ? order by n.id', [runUuid])
}

export async function firstNoteOf(runUuid: string) {
  const [note] = await notesOf(runUuid)
  return note
}

/** A patient as the model opens them. */
export async function attributesOf(patientUuid: string) {
  const patient = await Patient.findByOrFail('uuid', patientUuid)
  return patient.$attributes
}
