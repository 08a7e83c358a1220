import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../project.mjs'
import { findProgram } from './programs.mjs'
import { findFreePort, startServer, waitUntilReady } from './server_process.mjs'

export const SHIPPED_NGINX = join(projectRoot, 'deploy/nginx/medinfo.conf')

/**
 * A private nginx in `folder` with the file that is shipped, in front of an application at the port `upstream` of the
 * loopback: for the name `localhost`, with a certificate of its own making.
 * @param {{folder: string, onStart: (server: object) => void, upstream: number}} options
 */
export async function startNginx({ folder, onStart, upstream }) {
  const home = join(folder, 'nginx')
  mkdirSync(home)
  const { certificate, key } = makeCertificate(home)
  const [https, http] = [await findFreePort(), await findFreePort()]
  const shipped = readFileSync(SHIPPED_NGINX, 'utf8')
  writeFileSync(join(home, 'medinfo.conf'), adaptNginx(shipped, { home, https, http, upstream, certificate, key }))
  const config = join(home, 'nginx.conf')
  writeFileSync(config, mainOf(home))

  const args = ['-p', home, '-e', join(home, 'start.log'), '-c', config]
  const checked = spawnSync(findProgram('nginx'), ['-t', ...args], { encoding: 'utf8' })
  if (checked.status !== 0) throw new Error(`nginx -t refuses ${SHIPPED_NGINX}:\n${checked.stderr}`)
  const server = startServer({ name: 'nginx', program: findProgram('nginx'), args, log: join(folder, 'nginx.log') })
  onStart(server)
  const hello = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
  await waitUntilReady(server, http, { hello, isReady: (answer) => answer.toString().startsWith('HTTP/1.1 308') })
  return {
    https,
    http,
    certificate: readFileSync(certificate, 'utf8'),
    check: checked.stderr,
    log: join(home, 'access.log'),
  }
}

/**
 * The shipped file with this machine's ports and paths; everything else stays as it is.
 * @throws {Error} where the file no longer says what is to be replaced
 */
export function adaptNginx(shipped, { home, https, http, upstream, certificate, key }) {
  const changes = [
    // Not every machine has IPv6.
    [/^ *listen \[::\].*\n/gm, ''],
    [/listen 443 /g, `listen 127.0.0.1:${https} `],
    [/listen 80;/g, `listen 127.0.0.1:${http};`],
    [/server 127\.0\.0\.1:3333;/g, `server 127.0.0.1:${upstream};`],
    [/ssl_certificate \S+;/g, `ssl_certificate ${certificate};`],
    [/ssl_certificate_key \S+;/g, `ssl_certificate_key ${key};`],
    [/server_name medinfo\.example\.org;/g, 'server_name localhost;'],
    [/\/var\/log\/nginx\/medinfo\./g, `${home}/`],
    [/\/var\/www\/html/g, join(home, 'html')],
  ]
  return changes.reduce((text, [pattern, replacement]) => {
    if (!text.match(pattern)) throw new Error(`${SHIPPED_NGINX} has nothing like ${pattern} any more`)
    return text.replace(pattern, replacement)
  }, shipped)
}

// One process, so that ending it ends all of it.
function mainOf(home) {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`
  )
  return `daemon off;
master_process off;
pid ${home}/pid;
error_log ${home}/start.log;
events { worker_connections 1024; }
http {
  ${folders.join('\n  ')}
  include ${home}/medinfo.conf;
}
`
}

function makeCertificate(home) {
  const [certificate, key] = [join(home, 'certificate.pem'), join(home, 'key.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const args = ['req', ...kind, ...names, '-keyout', key, '-out', certificate]
  const { status, stderr } = spawnSync(findProgram('openssl'), args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl made no certificate:\n${stderr}`)
  return { certificate, key }
}
