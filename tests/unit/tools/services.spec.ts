import { spawnSync } from 'node:child_process'
import { test } from '@japa/runner'
import { ensurePrograms } from '../../../tools/services/programs.mjs'
import { environmentOf } from '../../../tools/services.mjs'

const BOTH = ['mariadb', 'redis']
const found = (name: string) => `/usr/bin/${name}`

test.group('Servers for tests', () => {
  test('what is missing is named, with the way to get it, where nothing can be installed', ({ assert }) => {
    const find = (name: string) => (name === 'redis-server' ? null : found(name))
    assert.throws(
      () => ensurePrograms(BOTH, undefined, { find, install: null }),
      'Missing on this machine: redis-server; install them, on Debian and Ubuntu with: apt-get install redis-server'
    )
  })

  test('what stays missing after an attempt to install is named, with what apt said', ({ assert }) => {
    const install = () => 'E: Unable to locate package mariadb-server'
    assert.throws(
      () => ensurePrograms(BOTH, undefined, { find: () => null, install }),
      /Missing on this machine: mariadbd, mariadb-install-db, redis-server; .*\napt says: E: Unable to locate/
    )
  })

  test('only what is missing is installed, and nothing when all is there', ({ assert }) => {
    const asked: string[][] = []
    let isThere = false
    const find = (name: string) => (name === 'redis-server' && !isThere ? null : found(name))
    const install = (packages: string[]) => {
      asked.push(packages)
      isThere = true
      return ''
    }
    ensurePrograms(BOTH, undefined, { find, install })
    ensurePrograms(BOTH, undefined, { find, install })
    assert.deepEqual(asked, [['redis-server']])
  })

  test('a command that is not known starts nothing', ({ assert }) => {
    for (const words of [['begin'], ['start', 'postgres'], ['run'], ['start', '--force']]) {
      const { status, stderr } = spawnSync(process.execPath, ['tools/services.mjs', ...words], { encoding: 'utf8' })
      assert.equal(status, 2)
      assert.match(stderr, /^usage: /)
    }
  })

  test('the application finds them by its environment', ({ assert }) => {
    const mariadb = { host: '127.0.0.1', port: 4000, user: 'root', password: '', socket: '/tmp/x' }
    assert.deepEqual(environmentOf({ mariadb, redis: { url: 'redis://127.0.0.1:4001' } }), {
      DB_CONNECTION: 'mysql',
      DB_HOST: '127.0.0.1',
      DB_PORT: '4000',
      DB_USERNAME: 'root',
      DB_PASSWORD: '',
      DB_DATABASE: 'medinfo_test',
      REDIS_URL: 'redis://127.0.0.1:4001',
    })
  })
})
