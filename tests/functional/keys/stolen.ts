import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { runProgram } from '#tests/functional/cli/medinfo'

type Row = Record<string, string>

const SYNTHEA = '../shared/data/synthea'
const PATIENTS_OF_SYNTHEA = 8

/** Columns of the two exports whose values are nobody's business. */
const SECRET: Record<string, string[]> = {
  'clinique/patients.csv': ['CIN', 'Telephone', 'Courriel', 'Adresse', 'Allergies'],
  'clinique/visites.csv': ['Motif', 'Diagnostic', 'Traitement', 'Posologie', 'Notes'],
  'clinique/analyses.csv': ['Analyse'],
  'synthea/patients.csv': ['SSN', 'ADDRESS'],
  'synthea/encounters.csv': ['DESCRIPTION', 'REASONDESCRIPTION', 'REASONCODE'],
  'synthea/conditions.csv': ['DESCRIPTION', 'CODE'],
  'synthea/medications.csv': ['DESCRIPTION'],
  'synthea/allergies.csv': ['DESCRIPTION', 'DESCRIPTION1', 'DESCRIPTION2'],
  'synthea/observations.csv': ['DESCRIPTION'],
  'synthea/procedures.csv': ['DESCRIPTION'],
}
// Shorter ones stand in any megabyte of random bytes, digits in any list of uuids.
const LEAST = 6
const LEAST_DIGITS = 9

/** What clinics export, in a folder each, named as the mapping that reads it. */
function writeExports(folder: string): string[] {
  const clinique = join(folder, 'clinique')
  const size = ['--patients', '150', '--visits', '400']
  execFileSync(process.execPath, ['tools/make_sample.mjs', ...size, '--out', clinique])
  if (existsSync(SYNTHEA)) writeSynthea(join(folder, 'synthea'))
  else console.log(`${SYNTHEA} is not there: the sample is imported alone`)
  return readdirSync(folder)
}

/** The first patients of the export, with all that is theirs. */
function writeSynthea(folder: string) {
  mkdirSync(folder)
  const tableOf = (file: string): Row[] => parse(readFileSync(join(SYNTHEA, file)), { columns: true, bom: true })
  const ids = tableOf('patients.csv')
    .slice(0, PATIENTS_OF_SYNTHEA)
    .map(({ Id }) => Id)
  for (const file of readdirSync(SYNTHEA)) {
    const rows = tableOf(file)
    const theirs = file === 'patients.csv' ? rows.slice(0, PATIENTS_OF_SYNTHEA) : rows
    const kept = theirs.filter((row) => !row.PATIENT || ids.includes(row.PATIENT))
    writeFileSync(join(folder, file), stringify(kept, { header: true, columns: Object.keys(rows[0]!) }))
  }
}

/** Everybody moves, and has another telephone: the former values are kept, and deleted from where they stood. */
function changeContacts(folder: string) {
  const file = join(folder, 'clinique/patients.csv')
  const moved = readFileSync(file, 'latin1').replace(/;(\d+) /g, ';$1 bis ')
  writeFileSync(file, moved.replace(/(\d{4})(;[^;]*;[^;\n]*;[^;\n]*;[^;\n]*\r?)$/gm, '9$1$2'), 'latin1')
}

/** The values in the files that the database must not show. */
function secretsIn(folder: string): Set<string> {
  const secrets = new Set<string>()
  for (const [path, columns] of Object.entries(SECRET)) {
    if (!existsSync(join(folder, path))) continue
    const delimiter = path.startsWith('clinique') ? ';' : ','
    const rows: Row[] = parse(readFileSync(join(folder, path)), {
      ...{ columns: true, bom: true, delimiter, relax_column_count: true, relax_quotes: true },
    })
    for (const value of rows.flatMap((row) => columns.map((column) => row[column] ?? ''))) {
      // The rows of the older program are in another encoding.
      if (value.includes('\uFFFD')) continue
      const digits = value.replace(/\D/g, '')
      if (digits.length >= LEAST_DIGITS) secrets.add(digits)
      if (value.trim().length >= (/^\d+$/.test(value.trim()) ? LEAST_DIGITS : LEAST)) secrets.add(value.trim())
    }
  }
  return secrets
}

/** How somebody could have written a text: as it is, folded, in UTF-16, hexadecimal, base64, and as JSON escapes it. */
export const FORMS: Record<string, (text: string) => Buffer[]> = {
  'UTF-8': (text) => [Buffer.from(text)],
  'without accents and capitals': (text) => [Buffer.from(text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())],
  'latin1': (text) => [Buffer.from(text, 'latin1')],
  'UTF-16': (text) => [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()],
  'hexadecimal': (text) => {
    const hex = Buffer.from(text).toString('hex')
    return [Buffer.from(hex), Buffer.from(hex.toUpperCase())]
  },
  'base64': (text) => [0, 1, 2].map((offset) => Buffer.from(base64At(text, offset))),
  'JSON': (text) => [
    Buffer.from(text.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)),
  ],
}

/** What is the same whatever stands before and behind. */
function base64At(text: string, offset: number): string {
  const coded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).toString('base64')
  const end = coded.replace(/=+$/, '').length - (coded.endsWith('=') ? 1 : 0)
  return coded.slice(offset && offset + 1, end)
}

interface Pattern {
  text: string
  form: string
  bytes: Buffer
}

export interface Found {
  text: string
  form: string
}

/** Looks for all texts in all their forms at once. */
export class Search {
  // By the first four bytes; `ends` says of the last two of them whether any pattern has them.
  private readonly byHead = new Map<number, Pattern[]>()
  private readonly ends = new Uint8Array(0x10000)

  constructor(texts: Iterable<string>) {
    for (const text of texts)
      for (const [form, write] of Object.entries(FORMS))
        for (const bytes of write(text)) {
          const head = bytes.readUInt32BE()
          this.byHead.set(head, [...(this.byHead.get(head) ?? []), { text, form, bytes }])
          this.ends[head & 0xffff] = 1
        }
  }

  in(bytes: Buffer): Found[] {
    const found = new Map<string, Found>()
    let head = 0
    for (let at = 0; at < bytes.length; at++) {
      head = ((head << 8) | bytes[at]!) >>> 0
      if (!this.ends[head & 0xffff]) continue
      for (const { text, form, bytes: wanted } of this.byHead.get(head) ?? []) {
        const start = Math.max(at - 3, 0)
        if (bytes.subarray(start, start + wanted.length).equals(wanted)) found.set(`${form} ${text}`, { text, form })
      }
    }
    return [...found.values()]
  }
}

/** By the program, as an operator does: tables, the exports, and the same once more after everybody moved. */
export async function fill(
  home: string,
  exports: string,
  settings: Record<string, string>,
  onTables: () => unknown
): Promise<Set<string>> {
  const run = async (most: number, ...argv: string[]) => {
    const { code, err } = await runProgram(home, argv, settings)
    if (code > most) throw new Error(`medinfo ${argv.join(' ')} ended with ${code}: ${err}`)
  }
  const mappings = writeExports(exports)
  const before = secretsIn(exports)
  await run(0, 'migrate')
  await onTables()
  // 1 tells of rejected rows.
  for (const mapping of mappings) await run(1, 'import', '--mapping', mapping, '--file', join(exports, mapping))
  changeContacts(exports)
  await run(1, 'import', '--mapping', 'clinique', '--file', join(exports, 'clinique'))
  return before.union(secretsIn(exports))
}

export const SETTINGS = {
  ...{ APP_ENV: 'local', APP_KEY: 'for-tests-only-0123456789abcdef0123', HOST: '127.0.0.1', PORT: '0' },
  ...{ KEY_PROVIDER: 'local', LOG_LEVEL: 'trace' },
}
