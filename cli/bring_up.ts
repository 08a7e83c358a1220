import type { ImportReport } from '#app/imports/report'
import { VERSION } from '#app/core/release'
import type { UpToken } from '#app/setup/first_administrator'
import { operatorCaller } from '#cli/app_session'
import { printJson } from '#cli/output'
import { serveHttp } from '#cli/serve_http'
import type { Steps } from '#cli/steps'
import { language, text } from '#cli/texts'

interface Done {
  administrator: { email: string; password: string } | null
  sample: ImportReport | null
}

/** Makes what is missing in the database, then serves until somebody ends it. */
export async function bringUp(steps: Steps, { empty, asJson }: { empty: boolean; asJson: boolean }) {
  const done: Done = { administrator: null, sample: null }
  try {
    const { url, ended } = await serveHttp(() => prepare(steps, done, empty))
    const { ensureToken } = await import('#app/setup/first_administrator')
    const token = await ensureToken(operatorCaller())
    if (asJson) printJson({ url, ...done, token: token?.value ?? null })
    else for (const line of closingLines(url, done, token)) steps.say(line)
    done.administrator = null
    await ended
  } catch (error) {
    // Made and not yet shown: nobody could ever sign in with it.
    if (done.administrator) for (const line of administratorLines(done.administrator)) steps.say(line)
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
  if (wanted !== 'yes') return steps.say(text(`up.sample_${wanted}`))
  done.sample = await steps.run(() => importSample(operatorCaller()), sampleLine)
}

function migratedLine(count: number) {
  if (count === 0) return text('up.database_current')
  return count === 1 ? text('up.migrated_once') : text('up.migrated', { count })
}

function sampleLine({ rows_read: read, rejected, merged }: ImportReport) {
  return text('up.sample_imported', { read, rejected, merged })
}

function administratorLines(administrator: { email: string; password: string }) {
  return ['', text('up.administrator', administrator), text('up.password_once')]
}

function closingLines(url: string, { administrator, sample }: Done, token: UpToken | null) {
  const curl = (value: string) => `  curl -H 'Authorization: Bearer ${value}' '${url}/api/v1/patients?limit=5'`
  return [
    '',
    text('up.ready', { version: VERSION }),
    text('up.address', { url }),
    ...(administrator ? administratorLines(administrator) : []),
    ...(token?.value ? ['', text('up.token'), curl(token.value)] : []),
    ...(token && !token.value ? ['', text('up.token_lives', { user: token.email ?? '' })] : []),
    ...(sample ? ['', text('up.sample_see', { id: sample.run_id })] : []),
    '',
    text('up.stop'),
  ]
}
