import { Card } from '#pwa/design/card'
import { Refusal } from '#pwa/design/form'
import type { FactorChange } from '#pwa/screens/account/security_screen'
import { Sure } from '#pwa/screens/account/sure'
import { api, ask } from '#pwa/session/session'
import { useCall } from '#pwa/session/use_call'
import { formatDate } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

interface PaperCodesProps {
  factors: FactorChange['factors']
  onChange: (change: FactorChange) => void
}

/** The recovery codes: how many are left, and new ones in their place. */
export function PaperCodes({ factors, onChange }: PaperCodesProps) {
  const { isBusy, problem, call } = useCall()
  const renew = async () => {
    const change = await call(() => ask(api.POST('/api/v1/me/recovery-codes')))
    if (change) onChange(change)
  }
  const since = factors.recovery_codes_since
  if (!since && !factors.totp_since && factors.passkeys === 0) return null
  return (
    <Card title={t('account.recovery.title')}>
      <p>
        {since
          ? t('account.recovery.left', { count: factors.recovery_codes_left, date: formatDate(since) })
          : t('account.recovery.none')}
      </p>
      {problem.value ? <Refusal problem={problem.value} /> : null}
      <div class="row">
        <Sure
          label={t('account.recovery.renew')}
          question={t('account.recovery.renew_sure')}
          busy={isBusy.value}
          onSure={renew}
        />
      </div>
    </Card>
  )
}
