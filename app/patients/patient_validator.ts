import vine from '@vinejs/vine'
import {
  day,
  emailAddress,
  line,
  oneOrMore,
  paging,
  pastDay,
  pastMoment,
  prose,
  rowUuid,
  unlessNull,
  versionNumber,
} from '#app/core/rules'

export const SEXES = ['female', 'male', 'other', 'unknown'] as const

const nationalId = () => line(32)
const country = () =>
  vine
    .string()
    .trim()
    .regex(/^([A-Z]{2}|generic)$/)
/** As it was given; searched by its E.164 form, or by its digits where it has none. */
const phone = () =>
  vine
    .string()
    .trim()
    .maxLength(32)
    .regex(/^(?=(?:\D*\d){3})[+0-9 ().\-/]*$/)
const name = () => line(120)
/** Capitals, so that a number is one number however it was typed. */
const mrn = () =>
  vine
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9 ./_-]{0,31}$/)

const identity = {
  family_name: name(),
  given_name: name(),
  sex: vine.enum(SEXES),
  dob: pastDay(),
}
const contact = {
  national_id: nationalId().nullable().optional(),
  national_id_country: country().nullable().optional(),
  phone: phone().nullable().optional(),
  email: emailAddress().nullable().optional(),
  address: prose(500).nullable().optional(),
  deceased_at: pastMoment().nullable().optional(),
}

/** What a new patient may say; registering and importing share it. */
export const patientFields = {
  /** May come from a device that was offline; a uuid of version 7. */
  id: vine
    .string()
    .toLowerCase()
    .uuid({ version: [7] })
    .optional(),
  mrn: mrn().optional(),
  ...identity,
  ...contact,
}

export const registerPatientValidator = vine.create(patientFields)

export const correctPatientValidator = vine.create({
  id: rowUuid(),
  version: versionNumber(),
  family_name: identity.family_name.clone().use(unlessNull()).optional(),
  given_name: identity.given_name.clone().use(unlessNull()).optional(),
  sex: identity.sex.clone().use(unlessNull()).optional(),
  dob: identity.dob.clone().optional(),
  ...contact,
})

const PATIENT_RELATIONS = ['doctors'] as const
const include = oneOrMore(PATIENT_RELATIONS).optional()

export const openPatientValidator = vine.create({ id: rowUuid(), include: include.clone() })
export const versionedPatientValidator = vine.create({ id: rowUuid(), version: versionNumber() })

const keys = {
  name: line(120).optional(),
  national_id: nationalId().optional(),
  national_id_country: country().optional(),
  phone: phone().optional(),
  dob: day().optional(),
  mrn: mrn().optional(),
}

export const listPatientsValidator = vine.create({
  ...keys,
  ...paging(),
  sort: vine
    .enum(['name', '-name', 'dob', '-dob', 'created_at', '-created_at', 'updated_at', '-updated_at'])
    .optional(),
  retired: vine.enum(['true', 'false']).optional(),
  count: vine.enum(['exact']).optional(),
  include,
})

export const searchPatientsValidator = vine.create({ ...keys, ...paging() })
