import type { HttpContext } from '@adonisjs/core/http'
import { isKnown, one, seenVersion, tag } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { once } from '#app/http/once'
import { queryOf } from '#app/http/sparse'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { amendMedicalRecord } from '#app/records/amend_medical_record'
import { openMedicalRecord } from '#app/records/find_medical_records'
import MedicalRecordTransformer from '#app/records/medical_record_transformer'

export default class MedicalRecordsController {
  async show(ctx: HttpContext) {
    const record = await openMedicalRecord(callerFrom(ctx), { ...queryOf(ctx), id: ctx.params.id })
    tag(ctx, record)
    if (isKnown(ctx, record)) return ctx.response.status(304).send(null)
    return one(ctx, MedicalRecordTransformer.transform(record))
  }

  async store(ctx: HttpContext) {
    const body = ctx.request.body()
    const record = await once(
      ctx,
      ['records.add', body],
      (caller) => addMedicalRecord(caller, body),
      (caller, id) => openMedicalRecord(caller, { id })
    )
    tag(ctx, record)
    ctx.response.status(201).header('Location', `/api/v1/medical-records/${record.uuid}`)
    return one(ctx, MedicalRecordTransformer.transform(record))
  }

  async update(ctx: HttpContext) {
    const raw = { ...ctx.request.body(), id: ctx.params.id, version: seenVersion(ctx) }
    const record = await amendMedicalRecord(callerFrom(ctx), raw)
    tag(ctx, record)
    return one(ctx, MedicalRecordTransformer.transform(record))
  }
}
