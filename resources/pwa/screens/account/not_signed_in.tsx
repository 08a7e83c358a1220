import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { t } from '#pwa/texts/t'

/** The device is open, and the server knows nobody here. */
export function NotSignedIn() {
  const way = navigator.onLine ? <Button href="/app/sign-in?next=/app/me">{t('account.sign_in')}</Button> : null
  return (
    <Banner tone="info" action={way}>
      {t('account.not_signed_in')}
    </Banner>
  )
}
