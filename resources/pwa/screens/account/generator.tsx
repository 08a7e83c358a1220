import { Button } from '#pwa/design/button'
import { Card } from '#pwa/design/card'
import { Refusal } from '#pwa/design/form'
import type { FactorChange } from '#pwa/screens/account/security_screen'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { formatDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

interface GeneratorProps {
  since: string | null
  onSetUp: () => void
  onChange: (change: FactorChange) => void
}

export function Generator({ since, onSetUp, onChange }: GeneratorProps) {
  const { isBusy, problem, call } = useCall()
  const remove = async () => {
    const change = await call(() => ask(api.DELETE('/api/v1/me/totp', {})))
    if (change) onChange(change)
  }
  return (
    <Card title={t('account.totp.title')}>
      <p>{since ? t('account.totp.since', { date: formatDate(since) }) : t('account.totp.none')}</p>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <div class="row">
        <Button kind="quiet" icon="device" onClick={onSetUp}>
          {t(since ? 'account.totp.replace' : 'account.totp.set_up')}
        </Button>
        {since ? (
          <Sure
            label={t('account.totp.remove')}
            question={t('account.totp.remove_sure')}
            busy={isBusy.value}
            onSure={remove}
          />
        ) : null}
      </div>
    </Card>
  )
}
