import vine from '@vinejs/vine'
import { line } from '#app/core/rules'
import { NATIONAL_ID_COUNTRIES } from '#app/patients/national_ids/validate_national_id'
import { LANGUAGES } from '#app/settings/clinic'

const lines = () => vine.array(line(120)).maxLength(5)

export const noSettingsValidator = vine.create({})

/** All of them at once, as they are to be. */
export const changeSettingsValidator = vine.create({
  name: line(120),
  address: lines(),
  phone: line(40).nullable(),
  header: lines(),
  languages: vine.array(vine.enum(LANGUAGES)).minLength(1).maxLength(LANGUAGES.length),
  language: vine.enum(LANGUAGES),
  national_id_country: vine.enum(NATIONAL_ID_COUNTRIES),
  reason: vine.string().trim().minLength(3).maxLength(500),
})
