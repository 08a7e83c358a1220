import type { HttpContext } from '@adonisjs/core/http'
import { isKnown, many, one, seenVersion, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { queryOf } from '#app/http/sparse'
import { amendLabResult } from '#app/labs/amend_lab_result'
import { enterLabResult } from '#app/labs/enter_lab_result'
import { listLabResults, openLabResult } from '#app/labs/find_lab_results'
import LabResultTransformer from '#app/labs/lab_result_transformer'

export default class LabResultsController {
  async index(ctx: HttpContext) {
    const page = await listLabResults(callerFrom(ctx), queryOf(ctx))
    return many(ctx, LabResultTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const result = await openLabResult(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    tag(ctx, result)
    if (isKnown(ctx, result)) return ctx.response.status(304).send(null)
    return one(ctx, LabResultTransformer.transform(result))
  }

  async store(ctx: HttpContext) {
    const body = ctx.request.body()
    const result = await once(
      ctx,
      ['labs.enter', body],
      (caller) => enterLabResult(caller, body),
      (caller, id) => openLabResult(caller, { id })
    )
    tag(ctx, result)
    ctx.response.status(201).header('Location', `/api/v1/lab-results/${result.uuid}`)
    return one(ctx, LabResultTransformer.transform(result))
  }

  async update(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const result = await amendLabResult(callerFrom(ctx), raw)
    tag(ctx, result)
    return one(ctx, LabResultTransformer.transform(result))
  }
}
