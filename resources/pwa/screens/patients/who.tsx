import type { components } from '#pwa/api/schema'
import type { PatientEntry } from '#pwa/device/types'
import { ageOf, formatShortDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** What tells people apart, wherever it was read. */
export type Who = Pick<PatientEntry, 'id' | 'mrn' | 'familyName' | 'givenName' | 'sex' | 'dob'>

export const whoIs = (found: components['schemas']['PatientSummary']): Who => ({
  id: found.id,
  mrn: found.mrn,
  familyName: found.family_name,
  givenName: found.given_name,
  sex: found.sex,
  dob: found.dob,
})

/** DIALLO Aïssatou: the family name in capitals, as on the files of a ward. */
export const nameOf = ({ familyName, givenName }: Pick<Who, 'familyName' | 'givenName'>) =>
  `${familyName.toLocaleUpperCase()} ${givenName}`.trim()

/** '37 ans'; '' where the date of birth is none. */
export function ageText(dob: string, on?: Date): string {
  const { unit, count } = ageOf(dob, on)
  return Number.isFinite(count) ? t(`patients.age.${unit}`, { count }) : ''
}

const BORN: Partial<Record<Who['sex'], string>> = { female: 'patients.born.female', male: 'patients.born.male' }

/** Sex, age, date of birth and number, on one line. A patient whom the server has not seen has no number yet. */
export const whoText = (who: Who) => `${personText(who)} · ${numberText(who)}`

/** The same, with a number that no end of a line cuts. */
export function WhoLine({ who }: { who: Who }) {
  return (
    <>
      {personText(who)} · <span class="unbroken">{numberText(who)}</span>
    </>
  )
}

function personText({ sex, dob }: Who): string {
  const day = formatShortDate(`${dob}T12:00:00`)
  const born = day && t(BORN[sex] ?? 'patients.born', { day })
  return [t(`patients.sex.${sex}`), ageText(dob), born].filter(Boolean).join(' · ')
}

const numberText = ({ mrn }: Who) => (mrn ? t('patients.number', { mrn }) : t('patients.number_to_come'))
