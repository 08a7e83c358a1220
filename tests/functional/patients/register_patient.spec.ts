import { test } from '@japa/runner'
import { someone, tokenOf } from '#tests/acting'

const aPatient = (more = {}) => ({ family_name: 'Diallo', given_name: 'Aïssatou', sex: 'female', dob: '1988-04-02', ...more })

test.group('Register a patient', () => {
  test('refuses a misspelt field instead of losing it', async ({ client, assert }) => {
    const token = await tokenOf(await someone('reception'))
    const answer = await client.post('/api/v1/patients').bearerToken(token).json(aPatient({ phnoe: '77' }))
    answer.assertStatus(422)
    assert.equal(answer.body().errors[0].pointer, '/phnoe')
  })

  test('gives a number, a version and an address to what it registered', async ({ client, assert }) => {
    const token = await tokenOf(await someone('reception'))
    const answer = await client
      .post('/api/v1/patients')
      .bearerToken(token)
      .json(aPatient({ phone: '+221 77 123 45 67', national_id: 'X-1234' }))
    assert.equal(answer.status(), 201, JSON.stringify(answer.body()))
    const { data } = answer.body()
    assert.equal(data.version, 1)
    const shown = await client.get(`/api/v1/patients/${data.id}`).bearerToken(token)
    shown.assertStatus(200)
    assert.deepEqual(shown.body().data, data)
  })
})
