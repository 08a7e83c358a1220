import { PassThrough } from 'node:stream'
import { test } from '@japa/runner'
import { askSecret } from '#cli/ask_secret'
import { someone, tokenOf } from '#tests/acting'
import { exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { anEraser, rowOf } from '#tests/functional/erasure/some_erasure'
import { somePatient } from '#tests/functional/patients/some_patient'

const COMMAND = ['key', 'shred-patient'] as const

/** Runs the command with this personal token in the environment, or with none. */
async function as(token: string | null, ...flags: string[]) {
  if (token) process.env.MEDINFO_TOKEN = token
  try {
    return await medinfoJson(...COMMAND, ...flags)
  } finally {
    delete process.env.MEDINFO_TOKEN
  }
}

const aToken = async (abilities?: string[]) => tokenOf(await anEraser(), abilities)
const request = ({ uuid }: { uuid: string }) => ['--request', '--patient', uuid, '--ground', 'person_asked']

async function requestedBy(token: string, patient: { uuid: string }): Promise<string> {
  const { json } = await as(token, ...request(patient))
  return json.data.id
}

/** A terminal at which this is typed. */
function terminal(...typed: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const written: string[] = []
  for (const keys of typed) input.write(keys)
  return { input, output: { write: (text: string) => Boolean(written.push(text)) }, written }
}

test.group('medinfo key shred-patient is refused', () => {
  test('to the operator, who has no token, and to a token that is none', async ({ assert }) => {
    const patient = await somePatient()
    const id = await requestedBy(await aToken(), patient)
    for (const flags of [request(patient), ['--approve', id], ['--withdraw', id]]) {
      const [none, wrong] = [await as(null, ...flags), await as('oat_no.token', ...flags)]
      assert.deepEqual([none.code, none.json.error.code], [1, 'token_needed'])
      assert.deepEqual([wrong.code, wrong.json.error.code], [1, 'token_invalid'])
    }
    assert.isNull((await rowOf(patient)).erased_at)
  })

  test('to a token whose owner may not, that was not given the ability, or without a second factor', async ({
    assert,
  }) => {
    const patient = await somePatient()
    const id = await requestedBy(await aToken(), patient)
    const answers = [
      await as(await tokenOf(await someone('doctor')), '--approve', id),
      await as(await aToken(['patients.view_any']), '--approve', id),
      await as(await tokenOf(await someone('admin')), '--approve', id),
    ]
    assert.deepEqual(
      answers.map(({ code, json }) => [code, json.error.code]),
      [
        [1, 'forbidden'],
        [1, 'forbidden'],
        [1, 'enrolment_required'],
      ]
    )
  })

  test('where nothing, or two things at once, are asked, or half of a request', async ({ assert }) => {
    assert.equal(await exitOf(...COMMAND), 2)
    assert.equal(await exitOf(...COMMAND, '--list', '--approve', 'x'), 2)
    assert.equal(await exitOf(...COMMAND, '--request', '--ground', 'unlawful'), 2)
    assert.equal(await exitOf(...COMMAND, '--request', '--patient', 'x', '--ground', 'because'), 2)
  })
})

test.group('medinfo key shred-patient', () => {
  test('says of what it only rehearses that it would be, and names no request that is not there', async ({
    assert,
  }) => {
    const patient = await somePatient()
    const [own, one, other] = [await aToken(), await aToken(), await aToken()]
    const told = async (token: string, ...flags: string[]) => {
      process.env.MEDINFO_TOKEN = token
      try {
        return (await medinfo(...COMMAND, ...flags)).out
      } finally {
        delete process.env.MEDINFO_TOKEN
      }
    }
    const asked = await told(own, ...request(patient), '--dry-run')
    const id = await requestedBy(own, patient)
    const approved = await told(one, '--approve', id, '--dry-run')
    await as(one, '--approve', id)
    const erased = await told(other, '--approve', id, '--dry-run')
    for (const line of [asked, approved, erased]) assert.match(line, /\bserait\b[^]*rien n’a été écrit/)
    assert.notMatch(asked, /[0-9a-f]{8}-[0-9a-f]{4}-/)
    const withdrawn = await told(own, '--withdraw', id, '--dry-run')
    assert.include(withdrawn, `${id} serait retirée`)
    assert.include(await told(other, '--approve', id), `Patient ${patient.mrn} effacé`)
  })

  test('erases once two others approved, and lists what became of it', async ({ assert }) => {
    const patient = await somePatient()
    const [own, one, other] = [await aToken(), await aToken(['patients.erase']), await aToken()]
    const asked = await as(own, '--request', '--patient', patient.mrn, '--ground', 'legal_duty', '--reference', 'D-17')
    assert.deepEqual([asked.code, asked.json.data.patient_id, asked.json.data.approvals], [0, patient.uuid, 0])
    const { id } = asked.json.data
    assert.equal((await as(own, '--approve', id)).json.error.code, 'own_erasure_request')
    assert.isNull((await as(one, '--approve', id)).json.data.erased)
    assert.equal((await as(one, '--approve', id)).json.error.code, 'erasure_approved')
    const rehearsed = await as(other, '--approve', id, '--dry-run')
    assert.deepEqual(rehearsed.json.data.erased, { records: 1, keys: 1 })
    assert.isNull((await rowOf(patient)).erased_at)
    const done = await as(other, '--approve', id)
    assert.deepInclude(done.json.data, { state: 'done', erased: { records: 1, keys: 1 } })
    assert.isNotNull((await rowOf(patient)).erased_at)
    const { data } = await jsonOf(...COMMAND, '--list')
    assert.deepInclude(
      data.find((each: any) => each.id === id),
      { state: 'done', approvals: 2, ground: 'legal_duty', reference: 'D-17', mrn: patient.mrn }
    )
    const open = await jsonOf(...COMMAND, '--list', '--open')
    assert.isUndefined(open.data.find((each: any) => each.id === id))
  })

  test('withdraws, and says so in a sentence', async ({ assert }) => {
    const patient = await somePatient()
    const id = await requestedBy(await aToken(), patient)
    process.env.MEDINFO_TOKEN = await aToken()
    const { code, out } = await medinfo(...COMMAND, '--withdraw', id)
    delete process.env.MEDINFO_TOKEN
    assert.deepEqual([code, out.includes(id)], [0, true])
    assert.equal((await as(await aToken(), '--approve', id)).json.error.code, 'erasure_over')
    const { out: listed } = await medinfo(...COMMAND, '--list')
    assert.include(listed, patient.mrn)
  })
})

test.group('A token that is asked for', () => {
  test('is read from the terminal and never written to it', async ({ assert }) => {
    const { written, ...own } = terminal('oat_secret.value\r')
    assert.equal(await askSecret('Jeton : ', own), 'oat_secret.value')
    assert.deepEqual(written, ['Jeton : ', '\n'])
  })

  test('is none where nobody answers', async ({ assert }) => {
    const { written: _, ...own } = terminal('\u0003')
    assert.isNull(await askSecret('Jeton : ', own))
    const { input } = terminal()
    assert.isNull(await askSecret('Jeton : ', { input: Object.assign(input, { isTTY: false }), output: own.output }))
  })
})
