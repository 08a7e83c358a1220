import { Badge } from '#pwa/design/badge'
import { Card } from '#pwa/design/card'
import { Refusal } from '#pwa/design/form'
import { Sure } from '#pwa/screens/account/sure'
import { listDevices, revokeDevice, type Device } from '#pwa/session/devices'
import { useCall } from '#pwa/session/use_call'
import { useLoaded } from '#pwa/session/use_loaded'
import { formatDate, formatDateTime } from '#pwa/texts/format'
import { t } from '#pwa/texts/t'

/** Devices that keep charts; one that is lost is revoked, and deletes its key when it next meets the server. */
export function Devices() {
  const { data, problem: unknown, reload } = useLoaded(listDevices)
  const { problem, call } = useCall()
  const revoke = async (id: string) => {
    if (await call(() => revokeDevice(id))) await reload()
  }
  const refusal = problem.value ?? unknown.value
  return (
    <Card title={t('account.devices.title')}>
      <p>{t('account.devices.what')}</p>
      {refusal ? <Refusal problem={refusal} /> : null}
      {data.value?.length === 0 ? <p class="quiet">{t('account.devices.none')}</p> : null}
      <ul class="account-things">
        {data.value?.map((device) => (
          <li key={device.id}>
            <div>
              <strong>{device.name}</strong>
              <p class="quiet small">{describe(device)}</p>
            </div>
            {device.revoked_at ? (
              <Badge tone="danger">{t('account.devices.revoked', { date: formatDate(device.revoked_at) })}</Badge>
            ) : (
              <Sure
                label={t('account.devices.revoke')}
                question={t('account.devices.revoke_sure', { name: device.name })}
                onSure={() => revoke(device.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function describe({ browser, system, created_at, last_seen_at }: Device): string {
  const seen = last_seen_at
    ? t('account.sessions.seen', { at: formatDateTime(last_seen_at) })
    : t('account.made_on', { date: formatDate(created_at) })
  return [browser, system, seen].filter(Boolean).join(' · ')
}
