import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import type { FileMapping, Mapping } from '#app/mappings/mapping'
import { BadSource } from '#app/mappings/source_problems'
import { filesTakenFrom } from '#app/mappings/columns_named'

/** A file to read, by its entry in the mapping. */
export interface SourceFile {
  entry: FileMapping
  path: string
  bytes: number
  /** Read only because a single file that was asked for takes from it. */
  lookupOnly: boolean
}

/**
 * The files of a folder in the mapping's order, or a single file: the one entry that bears its name, or the entry `as`.
 * `partial`: those of a folder that are there; what they refer to may have been read before.
 * Names in a mapping never lead out of the folder, not by `..` nor by a symbolic link. Throws BadSource.
 */
export async function locateSources(
  mapping: Mapping,
  path: string,
  { as, partial }: { as?: string; partial?: boolean } = {}
): Promise<SourceFile[]> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new BadSource('source_missing', { path })
  if (!found.isDirectory()) return locateSingle(mapping, path, as)
  const entries = as === undefined ? mapping.files : [entryNamed(mapping, as)]
  const files = await Promise.all(
    entries.map((entry) => locate(partial ? { ...entry, optional: true } : entry, path, false))
  )
  const present = files.filter((file) => file !== null)
  if (!present.length) throw new BadSource('no_file_found', { path })
  return as === undefined ? present : [...(await locateTaken(mapping, entries[0]!, path)), ...present]
}

async function locateSingle(mapping: Mapping, path: string, as: string | undefined): Promise<SourceFile[]> {
  const entry = as === undefined ? entryFor(mapping, path) : entryNamed(mapping, as)
  const { bytes } = await regularFile(path, entry.file)
  const taken = await locateTaken(mapping, entry, dirname(path))
  return [...taken, { entry, path, bytes, lookupOnly: false }]
}

function entryFor(mapping: Mapping, path: string): FileMapping {
  const [only, ...others] = mapping.files
  const named = mapping.files.find((entry) => basename(entry.file) === basename(path))
  if (named) return named
  if (only && !others.length) return only
  throw whichFile(mapping, basename(path))
}

function entryNamed(mapping: Mapping, name: string): FileMapping {
  const entry = mapping.files.find(({ file }) => file === name || file.replace(/\.[^.]+$/, '') === name)
  if (!entry) throw whichFile(mapping, name)
  return entry
}

function whichFile(mapping: Mapping, name: string): BadSource {
  return new BadSource('which_file', { name, known: mapping.files.map(({ file }) => file).join(', ') })
}

async function locateTaken(mapping: Mapping, entry: FileMapping, folder: string): Promise<SourceFile[]> {
  const wanted = filesTakenFrom(entry)
  const entries = mapping.files.filter(({ file }) => wanted.has(file)).map((file) => ({ ...file, optional: false }))
  const files = await Promise.all(entries.map((file) => locate(file, folder, true)))
  return files.filter((file) => file !== null)
}

async function locate(entry: FileMapping, folder: string, lookupOnly: boolean): Promise<SourceFile | null> {
  const root = await realpath(folder)
  const real = await realpath(join(root, entry.file)).catch(() => null)
  if (real === null) {
    if (entry.optional) return null
    throw new BadSource('missing_file', { file: entry.file })
  }
  const inside = root.endsWith(sep) ? root : root + sep
  if (!real.startsWith(inside)) throw new BadSource('path_escape', { file: entry.file })
  const { bytes } = await regularFile(real, entry.file)
  return { entry, path: real, bytes, lookupOnly }
}

async function regularFile(path: string, file: string): Promise<{ bytes: number }> {
  const found = await stat(path)
  // A pipe or a device would block or never end.
  if (!found.isFile()) throw new BadSource('not_a_file', { file })
  return { bytes: found.size }
}
