import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { rowUuid } from '#app/core/rules'
import type { Staged } from '#app/imports/staged_upload'
import { filesOf, uploadFolder } from '#app/imports/upload_folder'
import { BadUpload } from '#app/imports/upload_problems'
import { readMapping, shippedMapping, shippedMappings } from '#app/mappings/load_mapping'
import type { Mapping } from '#app/mappings/mapping'

/** Which mapping, perhaps edited, and which of its files each of those sent is. */
export const choiceFields = {
  upload: rowUuid(),
  mapping: vine.enum(shippedMappings),
  text: vine
    .string()
    .maxLength(256 * 1024)
    .optional(),
  files: vine
    .array(vine.object({ file: rowUuid(), entry: vine.string().minLength(1).maxLength(128) }))
    .minLength(1)
    .maxLength(100),
}

const validator = vine.create(choiceFields)
export type UploadChoice = Infer<typeof validator>

interface Chosen {
  mapping: Mapping
  bytes: number
}

/** Whether it can be done at all. Errors: BadMapping, BadUpload. */
export async function checkChoice(choice: UploadChoice): Promise<Chosen> {
  const mapping = readMapping(choice.text ?? (await shippedMapping(choice.mapping)))
  const files = await filesOf(choice.upload)
  const sent = new Map(files.map((file) => [file.id, file]))
  const entries = new Set<string>()
  let bytes = 0
  for (const { file: id, entry } of choice.files) {
    const file = sent.get(id)
    if (!file || file.received !== file.bytes) throw new BadUpload('upload_incomplete', { file: file?.name ?? entry })
    const isKnown = mapping.files.some((one) => one.file === entry)
    if (!isKnown || entries.has(entry)) throw new BadUpload('upload_same_file', { file: file.name, entry })
    entries.add(entry)
    bytes += file.bytes
  }
  return { mapping, bytes }
}

/** The mapping as an import takes it: a shipped one by its name, an edited one as a file of the upload's own. */
export async function keepMapping({ upload, mapping, text, files }: UploadChoice): Promise<Staged> {
  if (text === undefined || text === (await shippedMapping(mapping))) return { mapping, isEdited: false, files }
  const name = `${mapping}-edited.yml`
  await writeFile(join(uploadFolder(upload), name), text, { mode: 0o600 })
  return { mapping: name, isEdited: true, files }
}
