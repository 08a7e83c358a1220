import { t } from '#pwa/texts/t'

/** Skeletons of a visit; what they say stands in the language files, so that a clinic can have its own. */
export const TEMPLATES = ['fever', 'antenatal', 'hypertension', 'diabetes', 'child'] as const
export type Template = (typeof TEMPLATES)[number]

const FIELDS = ['reason', 'notes'] as const

/** Fills what is empty; what somebody wrote stays. A second template takes the place of the first as long as nobody has written into it. */
export function withTemplate<T extends Record<string, unknown>>(values: T, next: Template): Partial<T> {
  const isSkeleton = (field: string, text: unknown) =>
    TEMPLATES.some((template) => t(`consultation.template.${template}.${field}`) === text)
  const open = FIELDS.filter((field) => !values[field] || isSkeleton(field, values[field]))
  return Object.fromEntries(open.map((field) => [field, t(`consultation.template.${next}.${field}`)])) as Partial<T>
}
