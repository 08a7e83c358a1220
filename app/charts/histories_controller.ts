import type { HttpContext } from '@adonisjs/core/http'
import * as histories from '#app/charts/histories'
import {
  ConsultationVersionTransformer,
  LabResultVersionTransformer,
  MedicalRecordVersionTransformer,
  PatientVersionTransformer,
  PrescriptionVersionTransformer,
} from '#app/charts/version_transformer'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'

/** Every version of a record, at the record's address. */
export default class HistoriesController {
  async patients(ctx: HttpContext) {
    const page = await histories.patientHistory(callerFrom(ctx), askedOf(ctx))
    return many(ctx, PatientVersionTransformer.transform(page.rows), page)
  }

  async consultations(ctx: HttpContext) {
    const page = await histories.consultationHistory(callerFrom(ctx), askedOf(ctx))
    return many(ctx, ConsultationVersionTransformer.transform(page.rows), page)
  }

  async prescriptions(ctx: HttpContext) {
    const page = await histories.prescriptionHistory(callerFrom(ctx), askedOf(ctx))
    return many(ctx, PrescriptionVersionTransformer.transform(page.rows), page)
  }

  async medical_records(ctx: HttpContext) {
    const page = await histories.medicalRecordHistory(callerFrom(ctx), askedOf(ctx))
    return many(ctx, MedicalRecordVersionTransformer.transform(page.rows), page)
  }

  async lab_results(ctx: HttpContext) {
    const page = await histories.labResultHistory(callerFrom(ctx), askedOf(ctx))
    return many(ctx, LabResultVersionTransformer.transform(page.rows), page)
  }
}

const askedOf = (ctx: HttpContext) => ({ ...queryOf(ctx), ...ctx.params })
