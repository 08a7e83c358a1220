import { Card } from '#pwa/design/card'
import { Icon, type IconName } from '#pwa/design/icon'
import { List, ListItem } from '#pwa/design/list'
import { Page } from '#pwa/design/page'
import { vault } from '#pwa/device/vault'
import { DisplayChoices } from '#pwa/screens/account/display_choices'
import { NotSignedIn } from '#pwa/screens/account/not_signed_in'
import { SignOut } from '#pwa/screens/account/sign_out'
import { me, ownAccount, sessionStanding } from '#pwa/session/session'
import { hasText, t } from '#pwa/texts/t'

/** Me: who works here, how it looks, and what belongs to the account. */
export default function AccountScreen() {
  const person = me.value
  const isSignedIn = sessionStanding.value === 'complete'
  return (
    <Page title={t('account.title')}>
      <Card title={person?.name}>
        <p class="quiet">
          {person?.email}
          {person?.email && person.roles.length > 0 ? ' · ' : ''}
          {person?.roles.map(roleName).join(', ')}
        </p>
      </Card>
      {isSignedIn ? null : <NotSignedIn />}
      {isSignedIn ? (
        <List label={t('account.title')}>
          <Entry to="profile" icon="edit" />
          <Entry to="security" icon="shield" />
          <Entry to="sessions" icon="device" />
          <Entry to="tokens" icon="key" />
          {ownAccount.value?.patient_id === null && ownAccount.value.roles.includes('patient') ? (
            <Entry to="chart" icon="link" />
          ) : null}
        </List>
      ) : null}
      {vault.value === 'open' ? (
        <List>
          <ListItem
            href="/app/lock"
            lead={<Icon name="lock" />}
            title={t('account.device.title')}
            detail={t('account.device.detail')}
          />
        </List>
      ) : null}
      <DisplayChoices />
      <SignOut />
      {isSignedIn ? (
        <p>
          <a href="/app/me/closure">{t('account.closure.title')}</a>
        </p>
      ) : null}
    </Page>
  )
}

function Entry({ to, icon }: { to: string; icon: IconName }) {
  return (
    <ListItem
      href={`/app/me/${to}`}
      lead={<Icon name={icon} />}
      title={t(`account.${to}.title`)}
      detail={t(`account.${to}.detail`)}
    />
  )
}

/** A clinic may have roles of its own, which only it can name. */
function roleName(name: string): string {
  return hasText(`account.role.${name}`) ? t(`account.role.${name}`) : name
}
