import { useSignal } from '@preact/signals'
import { Icon } from '#pwa/design/icon'
import { List, ListItem } from '#pwa/design/list'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Spinner } from '#pwa/design/spinner'
import { Generator } from '#pwa/screens/account/generator'
import { PaperCodes } from '#pwa/screens/account/paper_codes'
import { Passkeys } from '#pwa/screens/account/passkeys'
import { RecoveryCodes } from '#pwa/screens/account/recovery_codes'
import { TotpSetup } from '#pwa/screens/account/totp_setup'
import { api, ask, takeSession } from '#pwa/session/session'
import { useLoaded } from '#pwa/session/use_loaded'
import type { components } from '#pwa/api/schema'
import { t } from '#pwa/texts/t'

export type FactorChange = components['schemas']['FactorChange']

/** Password and second factors. Every change ends all other sessions; new paper codes are shown at once. */
export default function SecurityScreen() {
  const { data: factors, problem } = useLoaded(() => ask(api.GET('/api/v1/me/factors')))
  const codes = useSignal<string[] | null>(null)
  const isSettingUp = useSignal(false)
  const take = (change: FactorChange) => {
    void takeSession(change.session)
    factors.value = change.factors
    codes.value = change.recovery_codes
    isSettingUp.value = false
  }
  if (codes.value)
    return (
      <Page key="codes" title={t('account.recovery.title')}>
        <RecoveryCodes codes={codes.value} onDone={() => (codes.value = null)} />
      </Page>
    )
  if (isSettingUp.value)
    return (
      <Page key="totp" title={t('account.totp.set_up')}>
        <TotpSetup onDone={take} onCancel={() => (isSettingUp.value = false)} />
      </Page>
    )
  return (
    <Page title={t('account.security.title')} back="/app/me">
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <List>
        <ListItem href="/app/me/password" lead={<Icon name="key" />} title={t('account.password.title')} />
      </List>
      {factors.value ? (
        <>
          <Generator since={factors.value.totp_since} onSetUp={() => (isSettingUp.value = true)} onChange={take} />
          <Passkeys onChange={take} />
          <PaperCodes factors={factors.value} onChange={take} />
        </>
      ) : problem.value ? null : (
        <Spinner label={t('common.loading')} />
      )}
    </Page>
  )
}
