import type { ImportReport } from '#app/imports/report'
import { VERSION } from '#app/core/release'
import type { DemoDoctor } from '#app/setup/demo_doctor'
import type { UpToken } from '#app/setup/first_administrator'
import type { SampleWanted } from '#app/setup/import_sample'
import { operatorCaller } from '#cli/app_session'
import { addressLines } from '#cli/address_lines'
import { authorityLines } from '#cli/authority_lines'
import { demoLines } from '#cli/demo_lines'
import { printJson } from '#cli/output'
import { serveHttp, type Served } from '#cli/serve_http'
import type { Steps } from '#cli/steps'
import { language, text } from '#cli/texts'

interface Done {
  administrator: { email: string; password: string } | null
  demo: DemoDoctor | null
  sample: ImportReport | null
}

/** Makes what is missing in the database, then serves until somebody ends it. */
export async function bringUp(steps: Steps, { empty, asJson }: { empty: boolean; asJson: boolean }) {
  const done: Done = { administrator: null, demo: null, sample: null }
  try {
    const served = await serveHttp(() => prepare(steps, done, empty))
    const { ensureToken } = await import('#app/setup/first_administrator')
    const token = await ensureToken(operatorCaller())
    const { url, addresses, authority, ended } = served
    if (asJson) printJson({ url, addresses, authority, ...done, token: token?.value ?? null })
    else for (const line of closingLines(served, done, token)) steps.say(line)
    Object.assign(done, { administrator: null, demo: null })
    await ended
  } catch (error) {
    // Made and not yet shown: nobody could ever sign in with it.
    if (done.administrator) for (const line of administratorLines(done.administrator)) steps.say(line)
    if (done.demo) for (const line of demoLines(done.demo, '')) steps.say(line)
    throw error
  }
}

async function prepare(steps: Steps, done: Done, empty: boolean) {
  const { prepareDatabase } = await import('#app/setup/prepare_database')
  await steps.run(prepareDatabase, ({ migrations }) => migratedLine(migrations.length))
  const { ensureAdministrator } = await import('#app/setup/first_administrator')
  done.administrator = await steps.run(
    () => ensureAdministrator(operatorCaller(), { name: text('up.administrator_name'), language }),
    (made) => text(made ? 'up.administrator_made' : 'up.administrator_there')
  )
  const { importSample, isSampleWanted } = await import('#app/setup/import_sample')
  const wanted = await isSampleWanted({ empty })
  if (wanted !== 'yes') steps.say(text(`up.sample_${wanted}`))
  else done.sample = await steps.run(() => importSample(operatorCaller()), sampleLine)
  await prepareDemo(steps, done, wanted)
}

async function prepareDemo(steps: Steps, done: Done, sample: SampleWanted) {
  const { demoDoctorState, DEMO_EMAIL, makeDemoDoctor } = await import('#app/setup/demo_doctor')
  const state = await demoDoctorState(sample)
  if (state === 'there') return steps.say(text('up.demo_there', { email: DEMO_EMAIL }))
  if (state === 'none') return
  const reasons = [1, 2, 3, 4].map((number) => text(`up.demo_reason_${number}`))
  done.demo = await steps.run(
    () => makeDemoDoctor(operatorCaller(), { name: text('up.demo_name'), language, reasons }),
    () => text('up.demo_made')
  )
}

function migratedLine(count: number) {
  return count === 0 ? text('up.database_current') : text('up.migrated', { count })
}

function sampleLine({ rows_read: read, rejected, merged }: ImportReport) {
  return text('up.sample_imported', { read, rejected, merged })
}

function administratorLines(administrator: { email: string; password: string }) {
  return ['', text('up.administrator'), text('up.account', administrator), text('up.password_once')]
}

function closingLines(served: Served, { administrator, demo, sample }: Done, token: UpToken | null) {
  const { url, addresses, authority } = served
  return [
    '',
    text('up.ready', { version: VERSION }),
    ...addressLines(addresses),
    ...(authority ? authorityLines(authority) : []),
    ...(administrator ? administratorLines(administrator) : []),
    ...(demo ? demoLines(demo, url) : []),
    ...(token?.value ? ['', text('up.token'), curlLine(token.value, served)] : []),
    ...(token && !token.value ? ['', text('up.token_lives', { user: token.email ?? '' })] : []),
    ...(sample ? ['', text('up.sample_see', { id: sample.run_id })] : []),
    '',
    text('up.stop'),
  ]
}

function curlLine(token: string, { url, authority }: Served): string {
  const trusting = authority ? ` --cacert '${authority.file}'` : ''
  return `  curl${trusting} -H 'Authorization: Bearer ${token}' '${url}/api/v1/patients?limit=5'`
}
