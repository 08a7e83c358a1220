import vine from '@vinejs/vine'
import { Invalid } from '#app/core/problem'
import { line } from '#app/core/rules'
import { ContentOfOtherType } from '#app/records/medical_record_problems'
import { ucumUnit } from '#app/records/ucum_unit'

const SEVERITIES = ['mild', 'moderate', 'severe'] as const
/** HL7 FHIR R4, value set allergy-intolerance-category. */
const CATEGORIES = ['food', 'medication', 'environment', 'biologic'] as const

const measurement = () =>
  vine.object({
    name: line(120),
    code: line(64).optional(),
    code_system: line(64).optional(),
    value: vine.number({ strict: true }).range([-1_000_000_000, 1_000_000_000]),
    unit: ucumUnit(),
  })

/** The members of all types together; which of them a type takes is said by `refuseContent`. */
export const recordContent = () =>
  vine.object({
    severity: vine.enum(SEVERITIES).optional(),
    reactions: vine.array(line(200)).maxLength(50).optional(),
    category: vine.enum(CATEGORIES).optional(),
    vaccine_code: line(64).optional(),
    lot_number: line(64).optional(),
    dose_number: vine.number({ strict: true }).withoutDecimals().range([1, 99]).optional(),
    site: line(120).optional(),
    measurements: vine.array(measurement()).minLength(1).maxLength(100).optional(),
  })

interface Members {
  needed: string[]
  others: string[]
  /** Whether the record says nothing without them. */
  isNeeded?: true
}

const NONE: Members = { needed: [], others: [] }
const MEMBERS: Record<string, Members | undefined> = {
  allergy: { needed: ['severity', 'reactions'], others: ['category'] },
  vaccination: { needed: ['lot_number', 'dose_number'], others: ['vaccine_code', 'site'] },
  vital_signs: { needed: ['measurements'], others: [], isNeeded: true },
}

/**
 * Refuses content that is not of this type, by the name of the member.
 * Errors: ContentOfOtherType; Invalid (`required`) where a member that the type needs is missing.
 */
export function refuseContent(type: string, content: object | null | undefined) {
  const { needed, others, isNeeded } = MEMBERS[type] ?? NONE
  if (!content) {
    if (isNeeded) throw new Invalid([{ pointer: '/content', code: 'required' }])
    return
  }
  if (!needed.length) throw new ContentOfOtherType(['/content'])
  const given = Object.keys(content)
  const foreign = given.filter((name) => !needed.includes(name) && !others.includes(name))
  if (foreign.length) throw new ContentOfOtherType(foreign.map((name) => `/content/${name}`))
  const missing = needed.filter((name) => !given.includes(name))
  if (missing.length) throw new Invalid(missing.map((name) => ({ pointer: `/content/${name}`, code: 'required' })))
}
