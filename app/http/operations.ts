import Type from 'typebox'
import type { Operations } from '#app/http/operation'
import { choice, listOf, shape, text } from '#app/http/shapes'
import { REGISTRATIONS } from '#app/accounts/registration'

const infoShape = shape('PublicInfo', {
  name: text(),
  version: text(),
  api: text(),
  languages: listOf(text()),
  /** Who makes accounts: patients themselves too, staff by invitation, or nobody. */
  registration: choice(REGISTRATIONS),
})

const documentShape = Type.Object({ openapi: text() })

/** The routes that anybody may ask. */
export const publicOperations: Operations = {
  public_info: { gate: null, answer: { one: infoShape }, as: 'patient', example: {} },
  openapi_document: { gate: null, answer: { bare: documentShape }, as: 'patient', example: {} },
}
