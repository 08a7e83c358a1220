import { useEffect, useState } from 'preact/hooks'
import { Button } from '#pwa/design/button'
import { Icon } from '#pwa/design/icon'
import { Badge, Card, StandingBadge } from '#pwa/design/surfaces'
import type { Held } from '#pwa/device/types'
import { textOf } from '#pwa/screens/consultation/clinical_form'
import { historyHref } from '#pwa/screens/patient/ways'
import { ageText } from '#pwa/screens/patients/who'
import { api, ask, can, session } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'
import { formatDate, formatDay } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

export function IdentityCard({ patient }: { patient: Held }) {
  const { data, standing } = patient
  const text = (field: string) => textOf(data[field])
  const died = text('deceased_at')
  const phone = text('phone')
  return (
    <Card>
      <div class="patient-identity">
        <p class="patient-age">
          {[t(`patients.sex.${text('sex') || 'unknown'}`), ageText(text('dob'), died ? new Date(died) : undefined)]
            .filter(Boolean)
            .join(', ')}
          {died && <Badge tone="neutral">{t('patient.died', { day: formatDate(died) })}</Badge>}
          {standing !== 'sent' && <StandingBadge standing={standing} />}
        </p>
        <dl class="patient-facts">
          <Fact label={t('patients.field.dob')}>{formatDay(text('dob'))}</Fact>
          <Fact label={t('patients.field.mrn')}>
            {text('mrn') ? <span class="digits">{text('mrn')}</span> : t('patients.number_to_come')}
          </Fact>
          <Fact label={t('patients.field.phone')}>
            {phone && (
              <a class="patient-call" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
                <Icon name="phone" size={20} />
                {phone}
              </a>
            )}
          </Fact>
          <Fact label={t('patients.field.address')}>{text('address')}</Fact>
          <Fact label={t('patients.field.national_id')}>{text('national_id')}</Fact>
          <Fact label={t('patients.field.email')}>{text('email')}</Fact>
          {isOnServer(patient) && <Treating patientId={patient.id} />}
        </dl>
        <div class="row">
          {mayCorrect() && (
            <Button kind="quiet" icon="edit" href={`/app/patients/${patient.id}/identity`}>
              {t('patient.correct.link')}
            </Button>
          )}
          <Button kind="quiet" icon="history" href={historyHref(patient)}>
            {t('patient.history.link')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

export const mayCorrect = () => can('patients.correct') || can('patients.correct_any')

function Fact({ label, isLong, children }: { label: string; isLong?: boolean; children: preact.ComponentChildren }) {
  if (!children) return null
  return (
    <div class={isLong ? 'patient-fact-long' : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What the server has not seen has no version yet. */
const isOnServer = ({ data }: Held) => data.version !== undefined

/** Who treats the patient, which the device does not keep. Its place is there before the answer, so that nothing moves. */
function Treating({ patientId }: { patientId: string }) {
  const [names, setNames] = useState<string[] | null>(null)
  const isAsked = isOnline.value && session.value?.state === 'complete'
  useEffect(() => {
    if (!isAsked) return
    let isCurrent = true
    const query = { include: 'doctors' } as never
    void ask(api.GET('/api/v1/patients/{id}', { params: { path: { id: patientId }, query } })).then(({ data }) => {
      if (isCurrent && data) setNames((data.doctors ?? []).map(({ name }) => name))
    })
    return () => {
      isCurrent = false
    }
  }, [patientId, isAsked])
  if (!isAsked) return null
  const shown = names?.length ? names.join(', ') : names ? t('patient.treated_by_nobody') : '…'
  return (
    <Fact label={t('patient.treated_by')} isLong>
      {shown}
    </Fact>
  )
}
