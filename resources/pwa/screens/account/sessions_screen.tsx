import { Badge } from '#pwa/design/badge'
import { Card } from '#pwa/design/card'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { Spinner } from '#pwa/design/spinner'
import { Devices } from '#pwa/screens/account/devices'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { useLoaded } from '#pwa/session/use_loaded'
import type { components } from '#pwa/api/schema'
import { formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'
import '#pwa/screens/account/account.css'

/** Where somebody is signed in, and which devices keep charts. */
export default function SessionsScreen() {
  return (
    <Page title={t('account.sessions.title')} back="/app/me">
      <Sessions />
      <Devices />
    </Page>
  )
}

function Sessions() {
  const { data, problem: unknown, reload } = useLoaded(() => ask(api.GET('/api/v1/me/sessions')))
  const { isBusy, problem, call } = useCall()
  const end = async (id: string) => {
    if (await call(() => ask(api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } })))) await reload()
  }
  const endOthers = async () => {
    if (await call(() => ask(api.DELETE('/api/v1/me/sessions', {})))) await reload()
  }
  const refusal = problem.value ?? unknown.value
  const hasOthers = data.value?.some(({ is_current }) => !is_current)
  return (
    <Card title={t('account.sessions.browsers')}>
      {refusal ? <Refusal problem={refusal} /> : null}
      {data.value || refusal ? null : <Spinner label={t('common.loading')} />}
      <ul class="account-things">
        {data.value?.map((session) => (
          <li key={session.id}>
            <SessionText session={session} />
            {session.is_current ? (
              <Badge tone="success">{t('account.sessions.this_one')}</Badge>
            ) : (
              <Sure
                label={t('account.sessions.end')}
                question={t('account.sessions.end_sure')}
                onSure={() => end(session.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {hasOthers ? (
        <div class="row">
          <Sure
            label={t('account.sessions.end_others')}
            question={t('account.sessions.end_others_sure')}
            busy={isBusy.value}
            onSure={endOthers}
          />
        </div>
      ) : null}
    </Card>
  )
}

function SessionText({ session }: { session: components['schemas']['BrowserSession'] }) {
  const { browser, system, ip_address, last_seen_at } = session
  return (
    <div>
      <strong>{[browser, system].filter(Boolean).join(' · ') || t('account.sessions.unknown')}</strong>
      <p class="quiet small">
        {t('account.sessions.seen', { at: formatDateTime(last_seen_at) })}
        {ip_address ? ` · ${ip_address}` : ''}
      </p>
    </div>
  )
}
