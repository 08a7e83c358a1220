import type { HttpContext } from '@adonisjs/core/http'
import { BadRequest, TooLarge } from '#app/core/problem'

/** Bytes; a file to import comes by parts and may be more. */
export const LARGEST_FORM = 512 * 1024

/** What was sent, whole and no longer than `most` bytes. Errors: TooLarge, BadRequest where its sender went away. */
export async function bodyOf({ request }: HttpContext, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request.request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > most) throw new TooLarge('too_large')
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof TooLarge ? error : new BadRequest('malformed_body', { cause: error })
  }
  return Buffer.concat(chunks)
}

/** Errors: those of `bodyOf`, BadRequest for what is no JSON object. */
export async function jsonOf(ctx: HttpContext): Promise<Record<string, unknown>> {
  const body = await bodyOf(ctx, LARGEST_FORM)
  try {
    const value: unknown = JSON.parse(body.toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Refused as everything else that is none.
  }
  throw new BadRequest('malformed_body')
}
