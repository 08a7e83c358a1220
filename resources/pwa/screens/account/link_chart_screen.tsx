import { useSignal } from '@preact/signals'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { DateInput, TextInput } from '#pwa/design/controls'
import { Field } from '#pwa/design/field'
import { Form } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { api, ask, ownAccount, takeAccount } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { t } from '#pwa/texts/t'

/** A patient's own chart, by three things that only they have together; a wrong one is not told from another. */
export default function LinkChartScreen() {
  const [nationalId, dob, code] = [useSignal(''), useSignal(''), useSignal('')]
  const isLinked = useSignal(false)
  const { isBusy, problem, call } = useCall()
  const submit = async () => {
    const body = { national_id: nationalId.value, dob: dob.value, code: code.value }
    const link = await call(() => ask(api.POST('/api/v1/me/chart', { body })))
    if (!link) return
    isLinked.value = true
    if (ownAccount.value) takeAccount({ ...ownAccount.value, patient_id: link.patient_id })
  }
  return (
    <Page title={t('account.chart.title')} back="/app/me">
      {isLinked.value ? (
        <>
          <Banner tone="success">{t('account.chart.done')}</Banner>
          <p>
            <Button href="/app/">{t('common.nav.own_chart')}</Button>
          </p>
        </>
      ) : (
        <Form onSubmit={submit} error={problem.value}>
          <p>{t('account.chart.intro')}</p>
          <Field label={t('account.chart.national_id')} pointer="national_id" required>
            <TextInput
              name="national_id"
              autocomplete="off"
              value={nationalId.value}
              onInput={({ currentTarget }) => (nationalId.value = currentTarget.value)}
            />
          </Field>
          <Field label={t('account.chart.dob')} pointer="dob" required>
            <DateInput
              name="dob"
              autocomplete="bday"
              value={dob.value}
              onInput={({ currentTarget }) => (dob.value = currentTarget.value)}
            />
          </Field>
          <Field label={t('account.chart.code')} hint={t('account.chart.code_hint')} pointer="code" required>
            <TextInput
              name="code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              value={code.value}
              onInput={({ currentTarget }) => (code.value = currentTarget.value)}
            />
          </Field>
          <Button type="submit" icon="link" busy={isBusy.value}>
            {t('account.chart.submit')}
          </Button>
        </Form>
      )}
    </Page>
  )
}
