import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getActiveTest } from '@japa/runner'
import { readMapping } from '#app/mappings/load_mapping'
import type { MappedRow, ReadRow, RejectedRow } from '#app/mappings/map_rows'
import { readMapped, type ReadOptions } from '#app/mappings/read_mapped'

/** A folder with these files, removed after the test. */
export async function folderOf(files: Record<string, string | Buffer>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'medinfo-imports-'))
  getActiveTest()?.cleanup(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

/** Every row of a folder with these files, as this mapping (YAML, from `files:` on) reads them. */
export async function readAll(
  filesYaml: string,
  files: Record<string, string | Buffer>,
  options: ReadOptions & { head?: string } = {}
): Promise<ReadRow[]> {
  return collect(aMapping(filesYaml, options.head), await folderOf(files), options)
}

export async function collect(mapping: string, path: string, options: ReadOptions = {}): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const batch of readMapped(readMapping(mapping), path, options)) rows.push(...batch.rows)
  return rows
}

export function aMapping(filesYaml: string, head = ''): string {
  return `mapping: 1\nsource: old\n${head}files:\n${filesYaml}`
}

/** A mapping of users: `a` is the key and the name unless `fields` say else. */
export function usersFile(lines: string[] = [], fields: string[] = ['name: a']): string {
  return ['  - file: u.csv', '    entity: user', ...lines.map((line) => `    ${line}`), '    fields:']
    .concat(fields.map((field) => `      ${field}`))
    .join('\n')
}

export function recordsOf(rows: ReadRow[]) {
  return rows.filter((row): row is MappedRow => row.kind === 'records').flatMap((row) => row.records)
}

export function inputsOf(rows: ReadRow[]) {
  return recordsOf(rows).map((record) => record.input)
}

export function rejectsOf(rows: ReadRow[]) {
  return rows
    .filter((row): row is RejectedRow => row.kind === 'rejected')
    .map(({ file, line, column, code }) => ({ file, line, column, code }))
}
