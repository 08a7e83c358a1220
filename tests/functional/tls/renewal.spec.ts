import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { test } from '@japa/runner'
import { makeAuthority, makeServerCertificate } from '#app/tls/authority'
import env from '#start/env'
import { servedWith } from '#start/node_server'

const NAMES = { dns: ['localhost'], ip: ['127.0.0.1'] }

/** The serial number of the certificate that a client is shown. */
async function shownBy(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { serialNumber } = socket.getPeerX509Certificate()!
  socket.destroy()
  return serialNumber
}

test.group('A certificate that is renewed while the server runs', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medinfo-renewed-'))
    return async () => {
      for (const name of ['TLS_CERT', 'TLS_KEY'] as const) {
        env.set(name, undefined)
        delete process.env[name]
      }
      await rm(folder, { recursive: true })
    }
  })

  test('is taken over; one that cannot be used is not, and the former goes on', async ({ assert, cleanup }) => {
    const authority = await makeAuthority('test')
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const putNew = async () => {
      const { cert, key } = await makeServerCertificate(authority, NAMES)
      await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)])
      return new X509Certificate(cert).serialNumber
    }
    const first = await putNew()
    env.set('TLS_CERT', certFile)
    env.set('TLS_KEY', keyFile)
    const serving = servedWith()
    await serving.prepare()
    const server = serving.serverOf((_, response) => response.end()) as SecureServer
    assert.instanceOf(server, SecureServer)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanup(() => void server.close())
    const { port } = server.address() as AddressInfo
    assert.equal(await shownBy(port), first)

    const second = await putNew()
    await serving.takeOver(server)
    assert.equal(await shownBy(port), second)
    await writeFile(keyFile, 'half written')
    await serving.takeOver(server)
    assert.equal(await shownBy(port), second)
    const third = await putNew()
    await serving.takeOver(server)
    assert.equal(await shownBy(port), third)
  })
})
