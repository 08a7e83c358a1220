import { test } from '@japa/runner'
import { csrfTokenOf } from '#app/sessions/session_value'
import { PASSWORD, SESSION, somebody } from '#tests/functional/sessions/browser'
import { servedOver, type Line } from '#tests/functional/sessions/served'

async function over<T>(line: Line, work: (send: Awaited<ReturnType<typeof servedOver>>['send']) => Promise<T>) {
  const served = await servedOver(line)
  try {
    return await work(served.send)
  } finally {
    served.close()
  }
}

const credentials = async () => ({ email: (await somebody('patient')).email!, password: PASSWORD })

/** Whoever has a cookie of this name asks who is signed in. */
const ask = (cookie: string) => ({ cookie })

test.group('The cookie of a session', () => {
  test('over http from elsewhere: nobody is signed in and nothing is set', async ({ assert }) => {
    const body = await credentials()
    for (const from of ['192.0.2.7', '10.0.0.5', '::ffff:192.168.1.4', '2001:db8::1', '128.0.0.1'])
      await over({ from }, async (send) => {
        const answer = await send('POST', SESSION, {}, body)
        assert.deepEqual([answer.status, answer.body.code, answer.cookies], [403, 'https_required', []], from)
      })
  })

  test('nor is anybody who only claims to be here, or to come by https', async ({ assert }) => {
    const body = await credentials()
    const claims: Record<string, string> = {
      'x-forwarded-for': '127.0.0.1',
      'x-real-ip': '127.0.0.1',
      'forwarded': 'for=127.0.0.1',
    }
    await over({ from: '192.0.2.7' }, async (send) => {
      for (const headers of [claims, { ...claims, 'x-forwarded-proto': 'https' }, { host: 'localhost' }]) {
        const { status, cookies } = await send('POST', SESSION, headers, body)
        assert.deepEqual([status, cookies], [403, []], JSON.stringify(headers))
      }
    })
  })

  test('nor is anybody who comes through a proxy on this machine that nobody declared', async ({ assert }) => {
    const body = await credentials()
    await over({ from: '127.0.0.1' }, async (send) => {
      const answer = await send('POST', SESSION, { 'x-forwarded-for': '192.0.2.7' }, body)
      assert.deepEqual([answer.status, answer.body.code, answer.cookies], [403, 'https_required', []])
      assert.equal((await send('POST', SESSION, {}, body)).status, 201, 'control')
    })
  })

  test('nor does one that was made on this machine open anything from elsewhere', async ({ assert }) => {
    const body = await credentials()
    const { cookies } = await over({ from: '127.0.0.1' }, (send) => send('POST', SESSION, {}, body))
    const cookie = cookies[0]!.split(';')[0]!
    for (const [from, status] of [
      ['127.0.0.1', 200],
      ['::1', 200],
      ['::ffff:127.0.0.1', 200],
      ['192.0.2.7', 401],
    ] as const)
      assert.equal((await over({ from }, (send) => send('GET', SESSION, ask(cookie)))).status, status, from)
  })

  test('over https is __Host-medinfo, with exactly these attributes', async ({ assert }) => {
    const body = await credentials()
    await over({ isEncrypted: true, from: '192.0.2.7' }, async (send) => {
      const answer = await send('POST', SESSION, {}, body)
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      assert.lengthOf(answer.cookies, 1)
      const [pair, ...attributes] = answer.cookies[0]!.split('; ')
      assert.match(pair!, /^__Host-medinfo=[\w-]{43}$/)
      assert.sameMembers(attributes, ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      assert.equal((await send('GET', SESSION, ask(pair!))).status, 200)

      const value = pair!.slice('__Host-medinfo='.length)
      const headers = { 'cookie': pair!, 'x-csrf-token': csrfTokenOf(value) }
      const out = await send('DELETE', SESSION, headers)
      const [gone, ...of] = out.cookies[0]!.split('; ')
      assert.deepEqual([out.status, gone], [200, '__Host-medinfo='])
      assert.includeMembers(of, ['Max-Age=0', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      assert.isFalse(of.some((attribute) => /^domain/i.test(attribute)))
    })
  })

  test('over http on this machine is medinfo_dev, with exactly these attributes', async ({ assert }) => {
    const body = await credentials()
    for (const from of ['127.0.0.1', '127.0.0.53', '::1', '::ffff:127.0.0.1'])
      await over({ from }, async (send) => {
        const answer = await send('POST', SESSION, {}, body)
        const [pair, ...attributes] = answer.cookies[0]!.split('; ')
        assert.match(pair!, /^medinfo_dev=[\w-]{43}$/)
        assert.sameMembers(attributes, ['Path=/', 'HttpOnly', 'SameSite=Strict'], from)
        assert.lengthOf(answer.cookies, 1)
      })
  })

  test('of the one line is none on the other: a page without TLS cannot plant one', async ({ assert }) => {
    const body = await credentials()
    await over({ isEncrypted: true }, async (send) => {
      const { cookies } = await send('POST', SESSION, {}, body)
      const value = /=([^;]+)/.exec(cookies[0]!)![1]!
      assert.equal((await send('GET', SESSION, ask(`medinfo_dev=${value}`))).status, 401)
      assert.equal((await send('GET', SESSION, ask(`__Host-medinfo=${value}`))).status, 200, 'control')
    })
  })
})
