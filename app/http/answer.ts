import type { HttpContext } from '@adonisjs/core/http'
import { BaseSerializer } from '@adonisjs/core/transformers'
import { PreconditionRequired } from '#app/core/problem'
import type { Page } from '#app/core/keyset'

class ApiSerializer extends BaseSerializer<{ Wrap: 'data' }> {
  wrap = 'data' as const
  definePaginationMetaData() {
    return undefined as never
  }
}

const serializer = new ApiSerializer()

/** `{ data }` */
export async function one(ctx: HttpContext, item: object): Promise<object> {
  return serializer.serialize(item as never, ctx.containerResolver) as Promise<object>
}

/** `{ data, meta: { next_cursor, count? } }` */
export async function many(ctx: HttpContext, collection: object, page: Page<unknown>): Promise<object> {
  const body = await one(ctx, collection)
  const count = page.count === undefined ? {} : { count: page.count }
  return { ...body, meta: { next_cursor: page.nextCursor, ...count } }
}

/** The version as an entity tag, so that a client may send it back in If-Match. */
export function tag(ctx: HttpContext, { version }: { version: number }) {
  ctx.response.header('ETag', `"${version}"`)
}

/** 304 when the client's If-None-Match names this version; the access was audited before. */
export function isKnown(ctx: HttpContext, { version }: { version: number }): boolean {
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
