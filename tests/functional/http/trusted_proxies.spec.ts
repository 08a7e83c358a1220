import { test } from '@japa/runner'
import { callerAddress, trustedProxies } from '#start/trusted_proxies'

test.group('TRUST_PROXY', () => {
  for (const malformed of [
    ...['proxy.example.org', 'loopback,nonsense', '127.0.0.1,', '*', 'true', '10', '10.0.0', '010.0.0.1'],
    ...['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '0.0.0.0/0', '::/0', '10.0.0.0/8/8', 'http://127.0.0.1'],
  ])
    test(`is refused where it says ${malformed}`, ({ assert }) => {
      const error = caught(() => trustedProxies(malformed))
      assert.equal(error?.code, 'E_INVALID_ENV_VARIABLES')
      assert.match(error!.help!, /^- TRUST_PROXY: "[^"]*" is no address/)
    })

  test('trusts nobody when it is not set', ({ assert }) => {
    for (const setting of [undefined, '', ' '])
      for (const address of ['127.0.0.1', '::1', '10.0.0.1', 'nonsense', ''])
        assert.isFalse(trustedProxies(setting)(address), `${setting} ${address}`)
  })

  for (const [setting, address, isTrusted] of [
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['127.0.0.1', '::1', false],
    [' 192.0.2.1 , 10.0.0.0/8', '10.200.0.9', true],
    ['192.0.2.1,10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/255.255.0.0', '10.1.0.1', false],
    ['10.0.0.0/255.255.0.0', '10.0.255.1', true],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['loopback', '127.9.9.9', true],
    ['loopback', '::1', true],
    ['loopback', '10.0.0.1', false],
    ['uniquelocal', '172.31.0.1', true],
    ['uniquelocal', '172.32.0.1', false],
    ['linklocal', 'fe80::1', true],
    ['loopback', 'nonsense', false],
  ] as const)
    test(`of ${setting} ${isTrusted ? 'trusts' : 'does not trust'} ${address}`, ({ assert }) => {
      assert.equal(trustedProxies(setting)(address), isTrusted)
    })
})

test.group('Where a request comes from', () => {
  for (const [stated, peer, kept] of [
    ['203.0.113.9', '127.0.0.1', '203.0.113.9'],
    ['::ffff:203.0.113.9', '127.0.0.1', '203.0.113.9'],
    ['2001:db8::1', '127.0.0.1', '2001:db8::1'],
    ['unknown', '127.0.0.1', '127.0.0.1'],
    ["' or 1=1 --", '::ffff:127.0.0.1', '127.0.0.1'],
  ] as const)
    test(`is ${kept} where ${peer} says ${stated}`, ({ assert }) => {
      assert.equal(callerAddress(stated, peer), kept)
    })
})

function caught(work: () => unknown): { code?: string; help?: string } | undefined {
  try {
    work()
  } catch (error) {
    return error as { code?: string; help?: string }
  }
}
