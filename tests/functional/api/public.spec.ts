import { request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { VERSION } from '#app/core/release'
import env from '#start/env'
import { withRegistration } from '#tests/functional/accounts/some_account'
import { forgetSettings } from '#tests/functional/settings/some_settings'

test.group('Health', () => {
  test('says that the process lives, that it can serve, and how it stands, by names only', async ({
    client,
    assert,
  }) => {
    const live = await client.get('/health/live')
    assert.deepEqual([live.status(), live.body()], [200, { status: 'ok' }])
    for (const path of ['/health/ready', '/health']) {
      const answer = await client.get(path)
      assert.equal(answer.status(), 200, answer.text())
      assert.equal(answer.body().status, 'ok')
      assert.isAbove(answer.body().checks.length, 0)
      for (const check of answer.body().checks) assert.sameMembers(Object.keys(check), ['name', 'status'])
      assert.equal(answer.header('cache-control'), 'no-store')
      assert.notMatch(answer.text(), /127\.0\.0\.1|root|\/\w+\//i)
    }
  })

  test('is 503 while the database does not answer, though the process lives', async ({ client, assert }) => {
    const name = db.primaryConnectionName
    const { config } = db.manager.get(name)!
    const { connection } = config as any
    const gone = name === 'mysql' ? { ...connection, port: 1 } : { ...connection, filename: '/nowhere/none.sqlite' }
    db.manager.patch(name, { ...config, connection: gone } as never)
    try {
      const ready = await client.get('/health/ready')
      const live = await client.get('/health/live')
      assert.deepEqual([ready.status(), ready.body().status, live.status()], [503, 'unavailable', 200])
    } finally {
      db.manager.patch(name, config)
    }
    const again = await client.get('/health/ready')
    again.assertStatus(200)
  })
})

test.group('What anybody may see', (group) => {
  group.setup(forgetSettings)

  test('is name, version, languages, and how one gets an account', async ({ client, assert }) => {
    for (const registration of ['open', 'invitation', 'closed'] as const)
      await withRegistration(registration, async () => {
        const answer = await client.get('/api/v1/public/info')
        const none = { address: [], phone: null, header: [] }
        const said = { name: 'MedInfo', version: VERSION, api: '/api/v1', languages: ['fr', 'en'], language: 'fr' }
        assert.deepEqual(answer.body(), { data: { ...said, ...none, registration } })
        assert.isUndefined(answer.header('set-cookie'))
      })
  })

  test('the start page is French, and English for whoever asks for it', async ({ client, assert }) => {
    const page = async (language?: string) => {
      const request = client.get('/')
      if (language) request.header('Accept-Language', language)
      const answer = await request
      assert.equal(answer.status(), 200)
      assert.match(answer.header('content-type')!, /^text\/html; charset=utf-8/)
      assert.match(answer.header('vary')!, /Accept-Language/i)
      assert.isUndefined(answer.header('set-cookie'))
      return answer.text()
    }
    for (const language of [undefined, 'fr', 'fr-SN, en;q=0.8', 'de']) {
      const french = await page(language)
      assert.match(french, /<html lang="fr">/)
      assert.include(french, 'Ce qui se trouve ici')
    }
    for (const language of ['en', 'en-GB,en;q=0.9,fr;q=0.1']) {
      const english = await page(language)
      assert.match(english, /<html lang="en">/)
      assert.include(english, 'What is here')
    }
    for (const html of [await page('fr'), await page('en')]) {
      assert.notMatch(html, /\{\{|undefined|translation missing/i)
      assert.include(html, VERSION)
      assert.notMatch(html, /https?:\/\/(?!127\.0\.0\.1|localhost)|<script/, 'nothing is asked of the outside')
    }
  })

  test('every address that the start page names answers', async ({ client, assert }) => {
    const html = (await client.get('/')).text()
    const links = [...html.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, path]) => path!)
    assert.isAtLeast(links.length, 3)
    for (const path of links) assert.equal((await client.get(path)).status(), 200, path)
  })

  test('carries the headers that keep a browser from doing harm', async ({ client, assert }) => {
    for (const path of ['/', '/health', '/api/v1/public/info', '/api/v1/patients', '/nowhere']) {
      const answer = await client.get(path)
      assert.match(answer.header('content-security-policy') ?? '', /default-src 'none'/, path)
      assert.notMatch(answer.header('content-security-policy')!, /unsafe/)
      assert.equal(answer.header('x-content-type-options'), 'nosniff')
      assert.equal(answer.header('x-frame-options'), 'DENY')
      assert.equal(answer.header('referrer-policy'), 'no-referrer')
      if (path.startsWith('/api/')) assert.equal(answer.header('cache-control'), 'no-store')
    }
  })

  test('does not take another host’s word for who calls', async ({ assert }) => {
    const request = httpRequest({
      host: env.get('HOST'),
      port: env.get('PORT'),
      path: '/api/v1/nowhere',
      headers: { 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'forwarded-test' },
      agent: false,
    })
    request.end()
    const [answer] = await once(request, 'response')
    await text(answer)
    const row = await db.from('audit_logs').where('request_id', 'forwarded-test').orderBy('id', 'desc').firstOrFail()
    assert.match(row.ip_address, /^(::ffff:)?127\.0\.0\.1$/)
  })
})
