import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { choice, listOf, nullable, shape, text } from '#app/http/shapes'
import { LANGUAGES, type Clinic } from '#app/settings/clinic'

export const settingsShape = shape('Settings', {
  name: text(),
  /** Below the name at the head of what is printed. */
  address: listOf(text()),
  phone: nullable(text()),
  header: listOf(text()),
  languages: listOf(choice(LANGUAGES)),
  language: choice(LANGUAGES),
  national_id_country: text(),
})

export default class SettingsTransformer extends BaseTransformer<Clinic> {
  toObject(): Static<typeof settingsShape> {
    const { name, address, phone, header, languages, language, nationalIdCountry } = this.resource
    return { name, address, phone, header, languages, language, national_id_country: nationalIdCountry }
  }
}
