import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { sessionOf, someone } from '#tests/acting'
import { serveApp } from '#tests/functional/http/served_app'

/** Loaded before a program: writes the name of each package that it loads, once, to a file. */
const TOLD_PACKAGES = `
  import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  const told = new Set()
  registerHooks({
    load(url, context, next) {
      const [, name] = url.match(/\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//) ?? []
      if (name && !told.has(name)) {
        told.add(name)
        appendFileSync(process.env.LOADED_PACKAGES, name + '\\n')
      }
      return next(url, context)
    },
  })
`

/** What the back office brings, and nothing else needs. */
const ITS_OWN = ['adminjs', '@adminjs/express', 'express', 'react']

test.group('Loading the back office', (group) => {
  let file = ''
  let settings: Record<string, string> = {}
  group.each.setup(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medinfo-loaded-'))
    file = join(folder, 'packages')
    const hook = `data:text/javascript,${encodeURIComponent(TOLD_PACKAGES)}`
    settings = { LOADED_PACKAGES: file, NODE_OPTIONS: `--import=${hook}` }
    return () => rm(folder, { recursive: true })
  })

  async function loaded() {
    const packages = (await readFile(file, 'utf8')).split('\n')
    return { packages, ofBackOffice: ITS_OWN.filter((name) => packages.includes(name)) }
  }

  test('a server loads it with the first visit', async ({ assert }) => {
    const served = await serveApp(settings)
    try {
      assert.equal((await served.send('GET', '/admin')).status, 302)
      const atStart = await loaded()
      assert.include(atStart.packages, '@adonisjs/core')
      assert.deepEqual(atStart.ofBackOffice, [])
      const visit = await served.send('GET', '/admin', await sessionOf(await someone('admin')))
      assert.equal(visit.status, 200)
      assert.deepEqual((await loaded()).ofBackOffice, ITS_OWN)
    } finally {
      await served.stop()
    }
  }).timeout(120_000)

  test('the command line does without it', async ({ assert }) => {
    const args = ['--import', '@poppinss/ts-exec', 'cli/run.ts', 'user', 'list', '--json']
    const env = { ...process.env, ...settings }
    await promisify(execFile)(process.execPath, args, { cwd: app.makePath(), env })
    const { packages, ofBackOffice } = await loaded()
    assert.include(packages, '@adonisjs/lucid')
    assert.deepEqual(ofBackOffice, [])
  }).timeout(120_000)
})
