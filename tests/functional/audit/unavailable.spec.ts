import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf, withAuditFault } from '#tests/functional/core/probe'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'
import { cookiesOf, signIn, somebody } from '#tests/functional/sessions/browser'

const faulty = () => ({ 'X-Request-Id': `fault-${newUuid()}` })

test.group('While the audit cannot be written', () => {
  test('a write changes nothing', async ({ client, assert }) => {
    const [api, mrn] = [await apiCallerWith(client, 'reception'), `F${someDigits()}`]
    const patient = await somePatient()
    await withAuditFault(async () => {
      const made = await api.post(PATIENTS, aPatient({ mrn }), { ...faulty(), 'Idempotency-Key': newUuid() })
      const corrected = await api.patch(`${PATIENTS}/${patient.uuid}`, { version: 1, sex: 'male' }, faulty())
      for (const answer of [made, corrected])
        assert.deepEqual([answer.status(), answer.body().code], [503, 'audit_unavailable'])
    })
    assert.lengthOf(await db.from('patients').where('mrn', mrn), 0)
    assert.equal((await db.from('patients').where('id', patient.id).firstOrFail()).version, 1)
    const again = await api.post(PATIENTS, aPatient({ mrn }))
    assert.equal(again.status(), 201, 'control')
  })

  test('a read opens nothing', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    const path = `${PATIENTS}/${patient.uuid}`
    await withAuditFault(async () => {
      const closed = await api.get(path, faulty())
      assert.deepEqual([closed.status(), closed.body().code], [503, 'audit_unavailable'])
      assert.notInclude(closed.text(), patient.familyName)
    })
    assert.equal((await api.get(path)).status(), 200, 'control')
  })

  test('a sign-in lets nobody in', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const sessions = () => db.from('sessions').where('user_id', user.id)
    await withAuditFault(async () => {
      for (const password of [undefined, 'ce-n-est-pas-le-bon']) {
        const answer = await ask(password)
        assert.deepEqual([answer.status(), answer.body().code], [503, 'audit_unavailable'])
        assert.lengthOf(cookiesOf(answer), 0)
      }
    })
    assert.lengthOf(await sessions(), 0)
    const inside = await signIn(client, user.email!)
    assert.deepEqual([inside.status(), (await sessions()).length], [201, 1], 'control')
    assert.lengthOf(await auditOf(inside.requestId), 1)

    function ask(password?: string) {
      return signIn(client, user.email!, { password, headers: faulty() })
    }
  })
})
