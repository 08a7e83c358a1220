import vine from '@vinejs/vine'
import { line, rowUuid } from '#app/core/rules'
import { GROUNDS } from '#app/erasure/grounds'

export const requestErasureValidator = vine.create({
  /** Id or medical record number. */
  patient: line(36),
  ground: vine.enum(GROUNDS),
  /** The number of a file or a letter; it stays, and names nobody. */
  reference: line(64).optional(),
})

export const oneErasureValidator = vine.create({ id: rowUuid() })

export const listErasuresValidator = vine.create({
  open: vine.boolean().optional(),
  limit: vine.number().withoutDecimals().range([1, 100]).optional(),
})
