import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import User from '#app/users/user'
import { sessionOf, someone } from '#tests/acting'
import { serveApp } from '#tests/functional/http/served_app'
import { rawRequest } from '#tests/functional/raw_request'

const address = (path = '') => `http://127.0.0.1:${process.env.PORT}/admin${path}`

/** The page as an administrator of this name gets it. */
async function pageOf(name: string) {
  const admin = await someone('admin')
  await User.query().where('id', admin.id).update({ name })
  const answer = await fetch(address(), { headers: await sessionOf(admin) })
  return { html: await answer.text(), policy: answer.headers.get('content-security-policy')! }
}

const nonceIn = (policy: string) => /'nonce-([^']+)'/.exec(policy)![1]

test.group('Known holes of AdminJS are closed', () => {
  for (const name of ['</script><script>alert(1)</script>', '<!--<script>', `\u2028alert(1)//\u2029`])
    test(`values in the page end no script and begin none: ${JSON.stringify(name)}`, async ({ assert }) => {
      const { html } = await pageOf(name)
      const [, state] = /<script[^>]*>([\s\S]*?)window\.THEME_COMPONENTS/.exec(html)!
      assert.include(state, 'window.REDUX_STATE')
      assert.notMatch(state!, /[<\u2028\u2029]/)
      assert.include(
        state,
        name.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
      )
    })

  test('the page names no other site, neither for its font nor for anything else', async ({ assert }) => {
    const { html } = await pageOf('Awa Diallo')
    const loaded = [...html.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)|@import ([^;]*)/g)].map((found) => found[0])
    assert.isAbove(loaded.length, 4)
    for (const one of loaded) assert.match(one, /^(src|href)="\/(?!\/)/)
  })

  test('scripts run by a nonce that is new each time, and only styles may stand in the page', async ({ assert }) => {
    const [one, other] = [await pageOf('Awa Diallo'), await pageOf('Awa Diallo')]
    assert.notEqual(nonceIn(one.policy), nonceIn(other.policy))
    assert.match(
      one.policy,
      /default-src 'none'; script-src 'self' 'nonce-[^ ']{20,}'; style-src 'self' 'unsafe-inline'; /
    )
    assert.notMatch(one.policy, /unsafe-eval|https?:|\*/)
    const scripts = one.html.match(/<script[^>]*>/g)!
    assert.deepEqual(
      scripts.filter((script) => !script.includes(`nonce="${nonceIn(one.policy)}"`)),
      []
    )
    assert.notMatch(one.html, / on\w+="/)
  })

  for (const name of ['../.env', '..%2f..%2f.env', '.adminjs/bundle.js', '.adminjs/entry.js', 'constructor', ''])
    test(`no file but those of the pages is given: ${name}`, async ({ assert }) => {
      const { status } = await rawRequest(
        'GET',
        `/admin/frontend/assets/${name}`,
        await sessionOf(await someone('admin'))
      )
      assert.equal(status, 404)
    })

  test('a server in production bundles nothing with the first visit, and writes no folder', async ({ assert }) => {
    const folder = await mkdtemp(join(tmpdir(), 'medinfo-bundled-'))
    const written = join(folder, '.adminjs')
    const served = await serveApp({ NODE_ENV: 'production', APP_ENV: 'local', ADMIN_JS_TMP_DIR: written })
    try {
      const visit = await served.send('GET', '/admin', await sessionOf(await someone('admin')))
      assert.equal(visit.status, 200)
      assert.include(String(visit.body), 'window.REDUX_STATE')
      assert.isFalse(existsSync(written))
    } finally {
      await served.stop()
      await rm(folder, { recursive: true })
    }
  }).timeout(120_000)
})
