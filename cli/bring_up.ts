import { operatorCaller } from '#cli/app_session'
import { printJson } from '#cli/output'
import { serveHttp } from '#cli/serve_http'
import type { Steps } from '#cli/steps'
import { language, text } from '#cli/texts'
import { VERSION } from '#app/core/release'

interface Done {
  administrator: { email: string; password: string } | null
}

/** Makes what is missing in the database, then serves until somebody ends it. */
export async function bringUp(steps: Steps, { asJson }: { isEmpty: boolean; asJson: boolean }) {
  const done: Done = { administrator: null }
  const { url, ended } = await serveHttp(async () => {
    await prepare(steps, done)
  })
  const { ensureToken } = await import('#app/setup/first_administrator')
  const token = await ensureToken(operatorCaller())
  if (asJson) printJson({ url, administrator: done.administrator, token: token?.value ?? null })
  else {
    for (const line of closingLines(url, done, token)) steps.say(line)
  }
  await ended
}

async function prepare(steps: Steps, done: Done) {
  const { prepareDatabase } = await import('#app/setup/prepare_database')
  await steps.run(prepareDatabase, ({ migrations }) =>
    migrations.length ? text('up.migrated', { count: migrations.length }) : text('up.database_current')
  )
  const { ensureAdministrator } = await import('#app/setup/first_administrator')
  done.administrator = await steps.run(
    () => ensureAdministrator(operatorCaller(), { name: text('up.administrator_name'), language }),
    (made) => text(made ? 'up.administrator_made' : 'up.administrator_there')
  )
}

function closingLines(url: string, { administrator }: Done, token: { value: string | null; email: string | null } | null) {
  const curl = (value: string) => `curl -H 'Authorization: Bearer ${value}' '${url}/api/v1/patients?limit=5'`
  return [
    '',
    text('up.ready', { version: VERSION }),
    text('up.address', { url }),
    ...(administrator ? ['', text('up.administrator', administrator), text('up.password_once')] : []),
    '',
    ...(token?.value ? [text('up.token'), `  ${curl(token.value)}`] : []),
    ...(token && !token.value ? [text('up.token_lives', { user: token.email ?? '' })] : []),
    '',
    text('up.stop'),
  ]
}
