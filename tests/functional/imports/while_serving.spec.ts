import { test } from '@japa/runner'
import { importElsewhere } from '#tests/functional/imports/import_elsewhere'
import { aPerson, LegacySystem } from '#tests/functional/imports/legacy_system'
import { someone, tokenOf } from '#tests/acting'

const PEOPLE = 6000

test.group('Import while others work', () => {
  test('patients are registered and opened while another process imports', async ({ client, assert }) => {
    const system = await LegacySystem.create()
    await system.write(
      'patients.csv',
      Array.from({ length: PEOPLE }, () => aPerson())
    )
    const token = await tokenOf(await someone('reception'))
    let isImporting = false
    let isOver = false
    const importing = importElsewhere(system, () => (isImporting = true)).finally(() => (isOver = true))
    const waits: number[] = []
    while (!isOver) {
      const began = performance.now()
      const body = { family_name: 'Guichet', given_name: 'Awa', sex: 'female', dob: '1988-04-02' }
      const answer = await client.post('/api/v1/patients').bearerToken(token).json(body)
      answer.assertStatus(201)
      const shown = await client.get(`/api/v1/patients/${answer.body().data.id}`).bearerToken(token)
      shown.assertStatus(200)
      if (isImporting) waits.push(performance.now() - began)
    }
    const { report, batches } = (await importing)!
    assert.containsSubset(report, { created: PEOPLE, rejected: 0 })
    assert.isAbove(waits.length, 0)
    console.log(`      batches of ${describe(batches!)}; a POST and a GET beside them took ${describe(waits)}`)
  }).timeout(120_000)
})

function describe(milliseconds: number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))]!)
  return `${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${at(1)} ms (longest), ${sorted.length} in all`
}
