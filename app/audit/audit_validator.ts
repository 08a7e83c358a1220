import vine from '@vinejs/vine'
import { moment, paging, rowUuid } from '#app/core/rules'

export const OUTCOMES = ['done', 'refused', 'failed'] as const

const period = { from: moment().optional(), to: moment().optional() }

export const listAuditLogsValidator = vine.create({
  user: rowUuid().optional(),
  patient: rowUuid().optional(),
  action: vine
    .string()
    .maxLength(64)
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .optional(),
  outcome: vine.enum(OUTCOMES).optional(),
  ...period,
  ...paging(),
})

export const listAccessesValidator = vine.create({ patient: rowUuid(), ...period, ...paging() })
