import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

interface Entry {
  name: string
  comment: string
}

/** The keys of `.env.example`, given or commented out, each with the comment above it. */
function entries(): Entry[] {
  const lines = read('.env.example').split('\n')
  return lines.flatMap((line, at) => {
    const [, name] = /^#?([A-Z][A-Z0-9_]*)=/.exec(line) ?? []
    return name ? [{ name, comment: lines[at - 1]! }] : []
  })
}

const readByUs = [...read('start/env.ts').matchAll(/^\s+([A-Z][A-Z0-9_]*): Env\.schema/gm)].map(([, name]) => name!)

test.group('.env.example', () => {
  test('names every setting that is read, and marks each that is not', ({ assert }) => {
    assert.isAbove(readByUs.length, 20)
    const given = entries()
    assert.includeMembers(
      given.map(({ name }) => name),
      readByUs
    )
    for (const { name, comment } of given)
      assert.equal(/^# (Not used yet|Unused)/.test(comment), !readByUs.includes(name), name)
  })

  test('explains each on the line above it, and names none twice', ({ assert }) => {
    const given = entries()
    for (const { name, comment } of given) assert.match(comment, /^# .{10,}\.$/, name)
    assert.equal(new Set(given.map(({ name }) => name)).size, given.length)
  })

  test('has the keys that the specification names', ({ assert }) => {
    assert.includeMembers(
      entries().map(({ name }) => name),
      [
        ...['APP_NAME', 'APP_ENV', 'APP_KEY', 'APP_URL', 'DB_CONNECTION', 'DB_HOST', 'DB_PORT', 'DB_DATABASE'],
        ...['DB_USERNAME', 'DB_PASSWORD', 'DB_DSN', 'REDIS_URL', 'REDIS_HOST', 'MAIL_DSN', 'S3_BUCKET'],
        ...['SESSION_DRIVER', 'SESSION_SECURE_COOKIE', 'JWT_SECRET'],
      ]
    )
  })

  test('holds no secret', ({ assert }) => {
    assert.match(read('.env.example'), /^APP_KEY=$/m)
    for (const [, value] of read('.env.example').matchAll(/^#?\w*(?:PASSWORD|SECRET\w*)=(.*)$/gm))
      assert.equal(value, '')
  })
})
