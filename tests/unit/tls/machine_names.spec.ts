import type { NetworkInterfaceInfo } from 'node:os'
import { test } from '@japa/runner'
import { namesOf, reachableAt } from '#app/tls/machine_names'

const at = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo

const machine = {
  name: 'Ward-3.clinic.example',
  interfaces: {
    lo: [at('127.0.0.1', true), at('::1', true)],
    docker0: [at('172.17.0.1')],
    eth0: [at('fd00::4'), at('192.168.1.4'), at('fe80::1')],
  },
}

test.group('What other machines may call this one', () => {
  test('is in its certificate: names, addresses of every network, and this machine itself', ({ assert }) => {
    assert.deepEqual(namesOf(['0.0.0.0'], machine), {
      dns: ['localhost', 'ward-3.clinic.example', 'ward-3.local'],
      ip: ['127.0.0.1', '::1', '192.168.1.4', 'fd00::4', '172.17.0.1'],
    })
  })

  test('holds what people are told besides, names or addresses', ({ assert }) => {
    const { dns, ip } = namesOf(['10.1.2.3', 'MedInfo.clinic.example'], machine)
    assert.include(dns, 'medinfo.clinic.example')
    assert.include(ip, '10.1.2.3')
  })

  test('leaves out a name that no certificate can hold', ({ assert }) => {
    assert.deepEqual(namesOf(['::'], { name: 'Poste d’Awa', interfaces: {} }).dns, ['localhost'])
  })

  test('is told with the likeliest first: IPv4, and networks that a phone can be in', ({ assert }) => {
    assert.deepEqual(reachableAt('0.0.0.0', machine), ['192.168.1.4', '172.17.0.1'])
    assert.deepEqual(reachableAt('::', machine), ['192.168.1.4', '[fd00::4]', '172.17.0.1'])
    assert.deepEqual(reachableAt('fd00::4', machine), ['[fd00::4]'])
    assert.deepEqual(reachableAt('ward.local', machine), ['ward.local'])
    assert.deepEqual(reachableAt('127.0.0.2', machine), ['localhost'])
    assert.deepEqual(reachableAt('0.0.0.0', { name: 'alone', interfaces: {} }), ['localhost'])
  })
})
