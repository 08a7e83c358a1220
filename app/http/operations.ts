import Type from 'typebox'
import type { Operations } from '#app/http/operation'
import { choice, listOf, nullable, shape, text } from '#app/http/shapes'
import { REGISTRATIONS } from '#app/accounts/registration'

const infoShape = shape('PublicInfo', {
  name: text(),
  version: text(),
  api: text(),
  languages: listOf(text()),
  /** Of whoever asks for none of them. */
  language: text(),
  /** At the head of what is printed, a line each. */
  address: listOf(text()),
  phone: nullable(text()),
  header: listOf(text()),
  /** Who makes accounts: patients themselves too, staff by invitation, or nobody. */
  registration: choice(REGISTRATIONS),
})

const documentShape = Type.Object({ openapi: text() })

/** The routes that anybody may ask. */
export const publicOperations: Operations = {
  public_info: { gate: null, answer: { one: infoShape }, as: 'patient', example: {} },
  openapi_document: { gate: null, answer: { bare: documentShape }, as: 'patient', example: {} },
}
