import vine from '@vinejs/vine'
import { deviceUuid, moment, oneOrMore, paging, prose, rowUuid } from '#app/core/rules'

export const TIMELINE_KINDS = ['consultation', 'prescription', 'medical_record', 'lab_result'] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export const timelineValidator = vine.create({
  patient: rowUuid(),
  kinds: oneOrMore(TIMELINE_KINDS).optional(),
  from: moment().optional(),
  to: moment().optional(),
  ...paging(),
})

/** A prescription is found in its consultation, as its address says. */
const consultation = rowUuid()

export const historyValidator = vine.create({ id: rowUuid(), ...paging() })
export const historyInConsultationValidator = vine.create({ consultation, id: rowUuid(), ...paging() })

export const listAddendaValidator = vine.create({ record_id: rowUuid(), ...paging() })
export const listAddendaInConsultationValidator = vine.create({ consultation, record_id: rowUuid(), ...paging() })

const addendum = { record_id: rowUuid(), id: deviceUuid().optional(), text: prose(20_000).minLength(1) }

export const addAddendumValidator = vine.create(addendum)
export const addAddendumInConsultationValidator = vine.create({ consultation, ...addendum })

export const oneAddendumValidator = vine.create({ id: rowUuid() })
