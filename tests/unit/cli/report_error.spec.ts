import { test } from '@japa/runner'
import { Unavailable } from '#app/core/problem'
import { LastAdministrator } from '#app/users/user_problems'
import { reportError } from '#cli/report_error'
import { UsageError } from '#cli/usage_error'

function told(error: unknown, { asJson = true, isVerbose = false } = {}) {
  const { write } = process.stderr
  const kept = process.stdout.write
  const written = { out: '', err: '' }
  process.stdout.write = ((text: string) => (written.out += text)) as never
  process.stderr.write = ((text: string) => (written.err += text)) as never
  try {
    const code = reportError(error, { asJson, isVerbose })
    return { code, ...written, error: asJson ? JSON.parse(written.out).error : null }
  } finally {
    process.stdout.write = kept
    process.stderr.write = write
  }
}

test.group('What went wrong', () => {
  test('a refusal is exit code 1, wrong usage 2', ({ assert }) => {
    assert.equal(told(new LastAdministrator()).code, 1)
    assert.equal(told(new UsageError('so')).code, 2)
    assert.equal(told(new UsageError('so')).error.code, 'usage')
  })

  test('what nobody foresaw shows its message; its stack only with --verbose', ({ assert }) => {
    const plain = told(new TypeError('x is undefined'), { asJson: false })
    assert.equal(plain.code, 1)
    assert.equal(plain.out, '')
    assert.include(plain.err, 'x is undefined')
    assert.notInclude(plain.err, 'report_error.spec')
    assert.include(told(new TypeError('x is undefined'), { asJson: false, isVerbose: true }).err, 'report_error.spec')
  })

  test('a missing table is told as such, also where the audit hid it', ({ assert }) => {
    const sqlite = Object.assign(new Error('select 1 - no such table: users'), { code: 'SQLITE_ERROR' })
    const mysql = Object.assign(new Error('Table x.users does not exist'), { code: 'ER_NO_SUCH_TABLE' })
    for (const cause of [sqlite, mysql]) {
      assert.equal(told(cause).error.code, 'database_not_ready')
      assert.equal(told(new Unavailable('audit_unavailable', { cause })).error.code, 'database_not_ready')
    }
    assert.equal(told(new Unavailable('audit_unavailable')).error.code, 'audit_unavailable')
  })

  test('missing settings are named', ({ assert }) => {
    const error = Object.assign(new Error('Validation failed'), {
      code: 'E_INVALID_ENV_VARIABLES',
      help: '- Missing environment variable "APP_KEY"\n- Missing environment variable "PORT"',
    })
    const { code, error: shown } = told(error)
    assert.equal(code, 1)
    assert.equal(shown.code, 'bad_settings')
    assert.lengthOf(shown.settings, 2)
    assert.include(shown.detail, 'APP_KEY')
  })
})
