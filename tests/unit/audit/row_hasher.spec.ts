import { createSecretKey, randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import { AUDIT_COLUMNS, macKeyOf, macOf, type AuditRow, type AuditValue } from '#app/audit/audit_entry'
import { rowHasher } from '#app/audit/row_hasher'

const [FEW, MANY] = [10, 1_000_000]

test.group('Rows are hashed', () => {
  test('in a thread of their own as they are in this one, long ones and altered ones too', async ({
    assert,
    cleanup,
  }) => {
    const [key, former] = [randomBytes(32), randomBytes(32)]
    const rows = Array.from({ length: 300 }, (_, n) => {
      const row = Object.fromEntries(AUDIT_COLUMNS.map((column) => [column, `${column} ${n}` as AuditValue]))
      row.details = n % 5 === 0 ? null : 'Zoë'.repeat(n * (n % 50))
      row.writer = randomBytes(8)
      const mac = macOf(createSecretKey(n % 7 === 0 ? former : key), row)
      if (n % 11 === 0) row.action = 'altered'
      return { ...row, mac: n % 13 === 0 ? (null as never) : mac } as AuditRow
    })
    const keys = [macKeyOf(key), macKeyOf(former)]
    const [here, there] = [rowHasher(keys, FEW), rowHasher(keys, MANY)]
    cleanup(() => there.close())
    const pages = [rows.slice(0, 100), rows.slice(100, 101), [], rows.slice(101)]
    const expected = await Promise.all(pages.map((page) => here.hash(page)))
    assert.deepEqual(await Promise.all(pages.map((page) => there.hash(page))), expected)
    const flat = expected.flat()
    assert.deepEqual(
      flat.map(({ hasMac }) => hasMac),
      rows.map((_, n) => n % 11 !== 0 && n % 13 !== 0)
    )
  })
})
