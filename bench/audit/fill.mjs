import { newUuid } from '../../build/app/core/ids.js'
import { operatorCaller } from '../../build/cli/app_session.js'

const GROUP = 200

/** Who opens charts in these measurements. */
export const reader = {
  ...operatorCaller(),
  via: 'api',
  ip: '192.0.2.17',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  route: { method: 'GET', route: '/api/v1/patients/:id' },
}

export function anEntry() {
  const uuid = newUuid()
  const about = { action: 'patients.open', entity: 'patient', entityUuid: uuid, patientUuid: uuid }
  return { ...about, outcome: 'done', httpStatus: 200 }
}

/** So many rows as the application writes them, sealed. The application must be open. */
export async function fillAudit(client, count) {
  const { recordRefusals } = await import('../../build/app/audit/record.js')
  const { sealAudit } = await import('../../build/app/audit/seal.js')
  for (let made = 0; made < count; made += GROUP) {
    const size = Math.min(GROUP, count - made)
    await recordRefusals(
      client,
      Array.from({ length: size }, () => ({ caller: reader, entry: anEntry() }))
    )
  }
  await sealAudit(client)
}
