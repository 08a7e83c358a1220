import { useState } from 'preact/hooks'
import { Banner } from '#pwa/design/surfaces'
import { Button } from '#pwa/design/button'
import { Dialog } from '#pwa/design/dialog'
import { Page } from '#pwa/design/page'
import { write } from '#pwa/device/outbox'
import type { Values } from '#pwa/screens/consultation/clinical_form'
import { DraftKept } from '#pwa/screens/consultation/draft_banner'
import { useDraft } from '#pwa/screens/consultation/use_draft'
import { DuplicateList } from '#pwa/screens/patients/duplicate_list'
import { duplicatesElsewhere, duplicatesHere, together, type Duplicate } from '#pwa/screens/patients/duplicates'
import { PatientForm } from '#pwa/screens/patients/patient_form'
import { useGoingOn } from '#pwa/screens/use_going_on'
import { isOnline } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'

/** Registers a patient, with or without a network; who is perhaps known already is shown before. */
export default function RegisterScreen() {
  const goOn = useGoingOn()
  const draft = useDraft<Values>('patients.register')
  const [changed, setTyped] = useState<Values | null>(null)
  const [asked, setAsked] = useState<{ identity: Values; duplicates: Duplicate[] } | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const keep = async (identity: Values) => {
    setIsBusy(true)
    const { id } = await write({ name: 'patients.register', scope: '', data: identity })
    await draft.drop()
    goOn(`/app/patients/${id}`)
  }
  const check = async (identity: Values) => {
    setIsBusy(true)
    const duplicates = together(duplicatesHere(identity), await duplicatesElsewhere(identity))
    setIsBusy(false)
    if (duplicates.length) setAsked({ identity, duplicates })
    else await keep(identity)
  }
  const initial = draft.found === 'looking' ? null : (draft.found?.value ?? {})
  const hint = duplicatesHere(changed ?? initial ?? {})
  return (
    <Page title={t('patients.register.title')} back="/app/patients">
      {!isOnline.value && <Banner tone="info">{t('patients.register.offline')}</Banner>}
      {initial && (
        <PatientForm
          initial={initial}
          submitLabel={t('patients.register.submit')}
          isBusy={isBusy}
          onChange={(typed) => {
            setTyped(typed)
            draft.keep(typed)
          }}
          onDone={check}
        >
          <div aria-live="polite">
            {hint.length > 0 && (
              <Banner tone="warning">
                <p>{t('patients.register.perhaps', { count: hint.length })}</p>
                <DuplicateList duplicates={hint} />
              </Banner>
            )}
          </div>
        </PatientForm>
      )}
      <DraftKept draft={draft} />
      <Dialog
        open={asked !== null}
        title={t('patients.register.known')}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button kind="quiet" onClick={() => asked && void keep(asked.identity)} busy={isBusy}>
              {t('patients.register.another')}
            </Button>
            <Button onClick={() => setAsked(null)}>{t('patients.register.look_again')}</Button>
          </>
        }
      >
        <p>{t('patients.register.known_detail')}</p>
        <DuplicateList duplicates={asked?.duplicates ?? []} />
      </Dialog>
    </Page>
  )
}
