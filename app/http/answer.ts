import type { HttpContext } from '@adonisjs/core/http'
import { BaseSerializer } from '@adonisjs/core/transformers'
import { PreconditionRequired } from '#app/core/problem'
import type { Page } from '#app/core/keyset'
import { asksForRelations, sparse } from '#app/http/sparse'

class ApiSerializer extends BaseSerializer<{ Wrap: 'data' }> {
  wrap = 'data' as const
  definePaginationMetaData() {
    return undefined as never
  }
}

const serializer = new ApiSerializer()

/** `{ data }`, with only what `?fields=` names. */
export async function one(ctx: HttpContext, item: object): Promise<object> {
  return sparse(ctx, await (serializer.serialize(item as never, ctx.containerResolver) as Promise<object>))
}

/** `{ data, meta: { next_cursor, count? } }` */
export async function many(ctx: HttpContext, collection: object, page: Page<unknown>): Promise<object> {
  const body = await one(ctx, collection)
  const count = page.count === undefined ? {} : { count: page.count }
  return { ...body, meta: { next_cursor: page.nextCursor, ...count } }
}

/**
 * The version as an entity tag, so that a client may send it back in If-Match, and when it came to be. That is for people
 * who look at a cache: it is cut to seconds, in which a record can change twice, so that If-Modified-Since is not asked.
 */
export function tag({ response }: HttpContext, { version, updatedAt }: { version: number; updatedAt?: Date | null }) {
  response.header('ETag', `"${version}"`)
  if (updatedAt) response.header('Last-Modified', updatedAt.toUTCString())
}

/** 304 when the client's If-None-Match names this version; the access was audited before. */
export function isKnown(ctx: HttpContext, { version }: { version: number }): boolean {
  if (asksForRelations(ctx)) return false
  const known = (ctx.request.header('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(`"${version}"`)
}

/** The version that the caller has seen: If-Match, else `version` in the body. Errors: PreconditionRequired. */
export function seenVersion(ctx: HttpContext): unknown {
  const header = ctx.request.header('if-match')
  if (header) return Number(/^(?:W\/)?"(\d+)"$/.exec(header.trim())?.[1] ?? Number.NaN)
  const version = ctx.request.body()?.version
  if (version === undefined) throw new PreconditionRequired('version_required')
  return version
}
