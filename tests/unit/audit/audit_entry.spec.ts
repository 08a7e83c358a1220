import { createHmac, createSecretKey } from 'node:crypto'
import { test } from '@japa/runner'
import { AUDIT_COLUMNS, encodeRow, leafHashOf, macKeyOf, macOf, sealsOf, type AuditValue } from '#app/audit/audit_entry'

const ROW: Record<string, AuditValue> = {
  uid: '018f3e1c-0000-7000-8000-000000000001',
  created_at: '2026-01-02 03:04:05.678',
  writer: Buffer.from('0102030405060708', 'hex'),
  wseq: 7,
  user_id: 3,
  role: 'doctor,nurse',
  action: 'patients.open',
  entity: 'patient',
  entity_uuid: '018f3e1c-0000-7000-8000-000000000002',
  patient_uuid: '018f3e1c-0000-7000-8000-000000000002',
  outcome: 'done',
  http_status: 200,
  ip_address: '192.0.2.1',
  user_agent: 'Zoë',
  request_id: 'r-1',
  details: '{"via":"api"}',
}
const KEY = createSecretKey(Buffer.alloc(32, 7))

test.group('The code of an audit row', () => {
  test('changes with every column, so that no column can be altered unseen', ({ assert }) => {
    const macs = new Set([macOf(KEY, ROW).toString('hex')])
    for (const column of AUDIT_COLUMNS) {
      for (const value of [null, '', 'x', 8]) {
        if (value !== ROW[column]) macs.add(`${macOf(KEY, { ...ROW, [column]: value }).toString('hex')}`)
      }
    }
    assert.equal(macs.size, 1 + AUDIT_COLUMNS.length * 4)
  })

  test('tells texts that run together differently apart, and NULL from an empty text', ({ assert }) => {
    const moved = { ...ROW, role: 'doctor,nursepatients', action: '.open' }
    assert.notDeepEqual(macOf(KEY, moved), macOf(KEY, ROW))
    assert.notDeepEqual(encodeRow({ ...ROW, role: null }), encodeRow({ ...ROW, role: '' }))
  })

  test('is the first 16 bytes of HMAC-SHA256 over the encoded row, as the vector says', ({ assert }) => {
    const encoded = encodeRow(ROW)
    assert.equal(encoded[0], 0)
    assert.equal(encoded.readUInt32BE(1), 36)
    const whole = createHmac('sha256', KEY).update(encoded).digest()
    assert.deepEqual(macOf(KEY, ROW), whole.subarray(0, 16))
    assert.equal(macOf(KEY, ROW).toString('hex'), 'd8b7fba84b4c9ef2e0d6b7a1397e269b')
  })

  test('is recognised by its key, in rows of any length, and by no other', ({ assert }) => {
    const [key, other] = [macKeyOf(Buffer.alloc(32, 7)), macKeyOf(Buffer.alloc(32, 8))]
    for (const length of [0, 1, 60, 5_000, 40_000]) {
      const row = { ...ROW, details: 'é'.repeat(length) }
      const written = { ...row, mac: macOf(KEY, row) }
      assert.deepEqual(sealsOf([other, key], written), { leaf: leafHashOf(row), hasMac: true })
      assert.isFalse(sealsOf([other], written).hasMac)
      assert.isFalse(sealsOf([key], { ...written, mac: null }).hasMac)
      assert.isFalse(sealsOf([key], { ...written, wseq: 8 }).hasMac)
    }
  })

  test('another key gives another code', ({ assert }) => {
    assert.notDeepEqual(macOf(createSecretKey(Buffer.alloc(32, 8)), ROW), macOf(KEY, ROW))
  })
})
