import { useSignal } from '@preact/signals'
import { Badge } from '#pwa/design/badge'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/card'
import { Refusal } from '#pwa/design/form'
import { Page } from '#pwa/design/page'
import { CopyButton } from '#pwa/screens/account/copy_button'
import { MakeToken } from '#pwa/screens/account/make_token'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { useLoaded } from '#pwa/session/use_loaded'
import type { components } from '#pwa/api/schema'
import { formatDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'
import '#pwa/screens/account/account.css'

/** Access tokens for programs that work as oneself. */
export default function TokensScreen() {
  const { data, problem: unknown, reload } = useLoaded(() => ask(api.GET('/api/v1/me/tokens')))
  const { problem, call } = useCall()
  const made = useSignal<string | null>(null)
  const end = async (id: string) => {
    if (await call(() => ask(api.DELETE('/api/v1/me/tokens/{id}', { params: { path: { id } } })))) await reload()
  }
  const refusal = problem.value ?? unknown.value
  return (
    <Page title={t('account.tokens.title')} back="/app/me">
      <p>{t('account.tokens.what')}</p>
      {refusal ? <Refusal problem={refusal} /> : null}
      {made.value ? <NewValue value={made.value} onSeen={() => (made.value = null)} /> : null}
      {data.value && data.value.length > 0 ? (
        <Card>
          <ul class="account-things">
            {data.value.map((token) => (
              <li key={token.id}>
                <TokenText token={token} />
                <Sure
                  label={t('account.tokens.end')}
                  question={t('account.tokens.end_sure', { name: token.name ?? '' })}
                  onSure={() => end(token.id)}
                />
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <MakeToken
        onMade={(value) => {
          made.value = value
          void reload()
        }}
      />
    </Page>
  )
}

function NewValue({ value, onSeen }: { value: string; onSeen: () => void }) {
  return (
    <Card title={t('account.tokens.made')} tone="success">
      <Banner tone="warning">{t('account.tokens.once')}</Banner>
      <p class="account-value digits">{value}</p>
      <div class="row">
        <CopyButton text={value} />
        <Button kind="quiet" onClick={onSeen}>
          {t('account.tokens.seen')}
        </Button>
      </div>
    </Card>
  )
}

function TokenText({ token }: { token: components['schemas']['Token'] }) {
  const { name, expires_at, last_used_at } = token
  const used = last_used_at ? t('account.used_on', { date: formatDate(last_used_at) }) : t('account.never_used')
  return (
    <div>
      <strong>{name}</strong>{' '}
      {expires_at && new Date(expires_at) < new Date() ? (
        <Badge tone="warning">{t('account.tokens.over')}</Badge>
      ) : null}
      <p class="quiet small">
        {expires_at ? `${t('account.tokens.until', { date: formatDate(expires_at) })} · ` : ''}
        {used}
      </p>
    </div>
  )
}
