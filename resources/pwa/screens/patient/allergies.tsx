import { Icon } from '#pwa/design/icon'
import { StandingBadge } from '#pwa/design/surfaces'
import type { Held } from '#pwa/device/types'
import { isActive, medicalRecordOf } from '#pwa/screens/consultation/records_shown'
import { recordHref } from '#pwa/screens/patient/ways'
import { t } from '#pwa/texts/t'

/** Always in sight: what the patient does not bear, or that nothing of the kind is written down. */
export function Allergies({ records }: { records: Held[] }) {
  const allergies = records.filter((held) => held.data.type === 'allergy' && isActive(held))
  if (!allergies.length)
    return (
      <p class="patient-allergies patient-allergies-none">
        <Icon name="info" size={20} />
        {t('patient.allergies.none')}
      </p>
    )
  return (
    <section class="patient-allergies" aria-labelledby="patient-allergies">
      <Icon name="warning" />
      <h2 id="patient-allergies">{t('patient.allergies.title', { count: allergies.length })}</h2>
      <ul>
        {allergies.map((held) => (
          <li key={held.id}>
            <a href={recordHref(held)}>{medicalRecordOf(held).description}</a>
            {reactionText(held) && ` (${reactionText(held)})`}{' '}
            {held.standing !== 'sent' && <StandingBadge standing={held.standing} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** 'Grave : urticaire, gonflement'; an import's own members are passed over. */
function reactionText(held: Held): string {
  const { severity, reactions } = (medicalRecordOf(held).content ?? {}) as { severity?: unknown; reactions?: unknown }
  const said = Array.isArray(reactions) ? reactions.map(String).join(', ') : ''
  const known = ['mild', 'moderate', 'severe'].includes(String(severity))
  return [known && t(`record.severity.${String(severity)}`), said].filter(Boolean).join(' — ')
}
