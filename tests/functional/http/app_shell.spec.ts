import { test } from '@japa/runner'
import { rawRequest } from '#tests/functional/raw_request'

test.group('The app’s files', () => {
  test('are served below /app/, and each screen’s address is the app', async ({ assert }) => {
    const bare = await rawRequest('GET', '/app')
    assert.deepEqual([bare.status, bare.headers.location], [302, '/app/'])
    for (const path of ['/app/', '/app/patients/0195', '/app/password-reset']) {
      const { status, headers, body } = await rawRequest('GET', path)
      assert.equal(status, 200)
      assert.match(headers['content-type']!, /^text\/html/)
      assert.equal(headers['cache-control'], 'no-cache')
      assert.include(body.toString(), '<div id="app">')
    }
  })

  test('that are not there are not the app', async ({ assert }) => {
    for (const path of [
      '/app/assets/none.js',
      '/app/none.webmanifest',
      '/app/../package.json',
      '/app/.vite/manifest.json',
    ])
      assert.equal((await rawRequest('GET', path)).status, 404)
  })

  test('are kept for good by the digest in their name, and asked for again without one', async ({ assert }) => {
    const { body } = await rawRequest('GET', '/app/')
    const scripts = body.toString().match(/\/app\/assets\/[^"]+\.js/g)!
    const packings = []
    for (const script of scripts) {
      const { status, headers } = await rawRequest('GET', script, { 'accept-encoding': 'gzip' })
      assert.deepEqual([status, headers['cache-control']], [200, 'public, max-age=31536000, immutable'])
      packings.push(headers['content-encoding'])
    }
    // All but what is too small to gain by it.
    assert.include(packings, 'gzip')
    for (const path of ['/app/sw.js', '/app/manifest.webmanifest'])
      assert.equal((await rawRequest('GET', path)).headers['cache-control'], 'no-cache')
  })
})
