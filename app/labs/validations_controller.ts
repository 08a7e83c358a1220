import type { HttpContext } from '@adonisjs/core/http'
import { one, seenVersion, tag } from '#app/http/answer'
import { once } from '#app/http/once'
import { validateLabResult } from '#app/labs/amend_lab_result'
import { openLabResult } from '#app/labs/find_lab_results'
import LabResultTransformer from '#app/labs/lab_result_transformer'

export default class ValidationsController {
  async store(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const result = await once(
      ctx,
      ['labs.validate', raw],
      (caller) => validateLabResult(caller, raw),
      (caller, id) => openLabResult(caller, { id })
    )
    tag(ctx, result)
    return one(ctx, LabResultTransformer.transform(result))
  }
}
