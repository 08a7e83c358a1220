import vine from '@vinejs/vine'
import {
  deviceUuid,
  keptPastMoment,
  line,
  moment,
  oneOrMore,
  paging,
  prose,
  rowUuid,
  unlessNull,
  versionNumber,
} from '#app/core/rules'

export const PRESCRIPTION_STATES = ['active', 'completed', 'stopped'] as const

const code = () => line(64).nullable().optional()
const medicine = () => prose(500).minLength(1)

const fields = {
  code: code(),
  code_system: code(),
  dosage: prose(500).nullable().optional(),
  route: line(64).nullable().optional(),
  duration: prose(120).nullable().optional(),
  notes: prose(20_000).nullable().optional(),
}

/** Why it is prescribed although the patient is allergic to it. */
const overrideReason = () => prose(2_000).nullable().optional()
const inConsultation = { consultation: rowUuid(), id: rowUuid() }

export const prescribeValidator = vine.create({
  consultation: rowUuid(),
  id: deviceUuid().optional(),
  medicine: medicine(),
  ...fields,
  override_reason: overrideReason(),
  prescribed_at: keptPastMoment().optional(),
})

export const amendPrescriptionValidator = vine.create({
  ...inConsultation,
  version: versionNumber(),
  medicine: medicine().use(unlessNull()).optional(),
  ...fields,
  override_reason: overrideReason(),
  prescribed_at: keptPastMoment().optional(),
})

export const stopPrescriptionValidator = vine.create({ ...inConsultation, version: versionNumber() })

/** A former system's prescription may be over. */
export const importPrescriptionValidator = vine.create({
  medicine: medicine(),
  ...fields,
  status: vine.enum(PRESCRIPTION_STATES).optional(),
  prescribed_at: moment().nullable().optional(),
  stopped_at: moment().nullable().optional(),
})

const include = oneOrMore(['patient', 'addenda']).optional()

export const openPrescriptionValidator = vine.create({ ...inConsultation, include: include.clone() })

const filters = {
  status: vine.enum(PRESCRIPTION_STATES).optional(),
  sort: vine.enum(['prescribed_at', '-prescribed_at']).optional(),
  include,
  ...paging(),
}

export const chartPrescriptionsValidator = vine.create({ patient: rowUuid(), ...filters })
export const listPrescriptionsValidator = vine.create({ consultation: rowUuid(), ...filters })
