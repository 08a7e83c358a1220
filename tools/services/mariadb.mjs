import { execFile, spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './programs.mjs'
import { findFreePort, startServer, waitUntilReady } from './server_process.mjs'

// MySQL 8.4's own default, so that a statement which it would refuse is refused here too.
const SQL_MODE =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'
const PROTOCOL_10 = 10

export const TEST_DATABASE = 'medinfo_test'

/**
 * A private MariaDB in `folder`: own data, loopback only, root without a password, the test database made.
 * @param {{folder: string, binlog: boolean, onStart: (server: object) => void}} options
 */
export async function startMariadb({ folder, binlog, onStart }) {
  const home = join(folder, 'mariadb')
  const user = serverUser()
  makeOwnedFolder(home, user)
  const asUser = user ? [`--user=${user.name}`] : []
  const data = [`--datadir=${join(home, 'data')}`, ...asUser]
  const install = ['--no-defaults', ...data, '--auth-root-authentication-method=normal', '--skip-test-db']
  await promisify(execFile)(findProgram('mariadb-install-db'), install)

  const setup = join(home, 'setup.sql')
  writeFileSync(setup, `CREATE DATABASE IF NOT EXISTS ${TEST_DATABASE};\n`, { mode: 0o644 })
  const port = await findFreePort()
  const socket = join(home, 'mariadb.sock')
  const args = ['--no-defaults', ...data, ...settings({ home, port, socket, setup, binlog })]
  const log = join(folder, 'mariadb.log')
  const server = startServer({ name: 'MariaDB', program: findProgram('mariadbd'), args, log })
  onStart(server)
  await waitUntilReady(server, port, { isReady: (answer) => answer[4] === PROTOCOL_10 })
  return { host: '127.0.0.1', port, user: 'root', password: '', socket }
}

function settings({ home, port, socket, setup, binlog }) {
  return [
    `--socket=${socket}`,
    `--pid-file=${join(home, 'pid')}`,
    `--tmpdir=${home}`,
    `--init-file=${setup}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    `--sql-mode=${SQL_MODE}`,
    '--default-time-zone=+00:00',
    '--local-infile=0',
    '--max-connections=300',
    '--max-allowed-packet=64M',
    '--innodb-buffer-pool-size=512M',
    '--innodb-log-file-size=256M',
    '--innodb-flush-log-at-trx-commit=1',
    '--sync-binlog=1',
    ...(binlog ? ['--log-bin=binlog', '--binlog-format=ROW', '--server-id=1'] : ['--skip-log-bin']),
  ]
}

// mariadbd refuses to run as root: it then takes the account that its package made.
function serverUser() {
  if (process.getuid?.() !== 0) return null
  const name = spawnSync('id', ['-u', 'mysql']).status === 0 ? 'mysql' : 'nobody'
  const numberOf = (flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
  return { name, uid: numberOf('-u'), gid: numberOf('-g') }
}

function makeOwnedFolder(path, user) {
  mkdirSync(path, { mode: 0o755 })
  if (user) chownSync(path, user.uid, user.gid)
}
