import type { Caller } from '#app/core/caller'
import { NotFound } from '#app/core/problem'
import { authorize } from '#app/core/use_case'
import ImportPolicy from '#app/imports/import_policy'
import { PART_BYTES } from '#app/imports/part_size'
import { fileOf, removeFile, sealedFile } from '#app/imports/upload_folder'
import { BadUpload } from '#app/imports/upload_problems'
import { ownUpload } from '#app/imports/uploads'

interface Part {
  upload: string
  file: string
  /** How many bytes came before it. */
  at: number
}

/**
 * The next part of a file that was announced (uploads.ts, which the audit has); no part is written that did not come
 * whole. Answers how many bytes are there. Errors: BadUpload, NotFound, Forbidden; a file that is no text is removed.
 */
export async function receivePart(caller: Caller, { upload, file, at }: Part, bytes: Buffer): Promise<number> {
  await authorize(caller, [ImportPolicy, 'run'], upload)
  const found = await fileOf(await ownUpload(upload, caller), file)
  if (!found) throw new NotFound('not_found')
  const isNext = at === found.received && at % PART_BYTES === 0
  const isWhole = bytes.length === Math.min(PART_BYTES, found.bytes - at)
  if (!isNext || !isWhole || !bytes.length) throw new BadUpload('upload_out_of_step', { received: found.received })
  // No encoding of a CSV that is read here has one; a picture, an archive or a workbook has many.
  if (bytes.includes(0)) {
    await removeFile(upload, file)
    throw new BadUpload('upload_not_text')
  }
  const sealed = await sealedFile(upload, file)
  await sealed.write(at, bytes)
  return at + bytes.length
}
