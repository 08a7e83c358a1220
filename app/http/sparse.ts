import type { HttpContext } from '@adonisjs/core/http'
import { Invalid } from '#app/core/problem'
import { OPERATIONS } from '#start/operations'

/**
 * What the query asks of the gate. `fields`, which chooses among what the gate gives, is none of it.
 * Errors: Invalid for a field that the answer does not know.
 */
export function queryOf(ctx: HttpContext): Record<string, unknown> {
  const asked = { ...ctx.request.qs() }
  if (namesOf(ctx)) {
    fieldsOf(ctx)
    delete asked.fields
  }
  return asked
}

/** Whether the answer is more than the record itself, so that its version does not tell whether it is still the same. */
export function asksForRelations(ctx: HttpContext): boolean {
  return ctx.request.qs().include !== undefined
}

/** Leaves of each record what `?fields=` names. Its id always stays. */
export function sparse<Body extends { data?: unknown }>(ctx: HttpContext, body: Body): Body {
  const fields = fieldsOf(ctx)
  if (!fields) return body
  const { data } = body
  return { ...body, data: Array.isArray(data) ? data.map((each) => picked(each, fields)) : picked(data, fields) }
}

function picked(record: unknown, fields: Set<string>): object {
  return Object.fromEntries(Object.entries(record as object).filter(([name]) => name === 'id' || fields.has(name)))
}

/** Null where nothing is chosen. Errors: Invalid. */
function fieldsOf(ctx: HttpContext): Set<string> | null {
  const asked: unknown = ctx.request.qs().fields
  const names = namesOf(ctx)
  if (asked === undefined || !names) return null
  if (typeof asked !== 'string') throw new Invalid([{ pointer: '/fields', code: 'string' }])
  const fields = new Set(asked.split(','))
  if ([...fields].some((name) => !Object.hasOwn(names, name)))
    throw new Invalid([{ pointer: '/fields', code: 'unknown_field' }])
  return fields
}

/** By the shape that the route answers, since an empty list tells nothing. Null where the document knows no `fields`. */
function namesOf({ request, route }: HttpContext): object | null {
  const operation = OPERATIONS[route?.name ?? '']
  if (!operation?.gate || !['GET', 'HEAD'].includes(request.method())) return null
  const { answer } = operation
  const shape = ('one' in answer ? answer.one : 'many' in answer ? answer.many : {}) as Shape
  return shape.$id ? (shape.properties ?? null) : null
}

interface Shape {
  $id?: string
  properties?: object
}
