import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { checkMapping } from '#app/mappings/check_mapping'
import type { Mapping } from '#app/mappings/mapping'
import { checkShape } from '#app/mappings/mapping_schema'
import { parseMappingText } from '#app/mappings/mapping_text'
import { BadMapping } from '#app/mappings/source_problems'

export const shippedMappings = ['medinfo', 'synthea', 'clinique'] as const

const MAX_MAPPING_BYTES = 256 * 1024

/**
 * Reads and checks a mapping: one of `shippedMappings` by its name, else a YAML file by its path.
 * Throws BadMapping with line and key.
 */
export async function loadMapping(nameOrFile: string): Promise<Mapping> {
  const isShipped = (shippedMappings as readonly string[]).includes(nameOrFile)
  const path = isShipped ? shippedPath(nameOrFile) : nameOrFile
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : -1),
    () => -1
  )
  if (size < 0) throw new BadMapping('mapping_missing', 0, '', { name: nameOrFile })
  if (size > MAX_MAPPING_BYTES) throw new BadMapping('mapping_too_large', 0, '', { limit: MAX_MAPPING_BYTES })
  return readMapping(await readFile(path, 'utf8'))
}

/** As loadMapping, from the text itself. */
export function readMapping(text: string): Mapping {
  const { content, at } = parseMappingText(text)
  const mapping = checkShape(content, at)
  checkMapping(mapping, at)
  return mapping
}

/** The text of a shipped mapping. */
export const shippedMapping = (name: (typeof shippedMappings)[number]) => readFile(shippedPath(name), 'utf8')

function shippedPath(name: string): string {
  return fileURLToPath(new URL(`../../resources/mappings/${name}.yml`, import.meta.url))
}
