import vine from '@vinejs/vine'
import { test } from '@japa/runner'
import {
  day,
  emailAddress,
  keptMoment,
  line,
  moment,
  pastDay,
  pastMoment,
  prose,
  rowUuid,
  versionNumber,
} from '#app/core/rules'
import { Invalid } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { validated, type AnyValidator } from '#app/core/validated'

const validator = vine.create({
  name: vine.string().optional(),
  contact: vine.object({ phone: vine.string().optional() }).nullable().optional(),
  notes: vine.array(vine.object({ text: vine.string() })).optional(),
  content: vine.object({}).allowUnknownProperties().optional(),
})

/** `pointer code` of each refusal; empty when the input passes. */
async function refusalsOf(input: unknown, by: AnyValidator = validator): Promise<string[]> {
  try {
    await validated(by, input)
    return []
  } catch (error) {
    const problem = toProblem(error)
    if (!(problem instanceof Invalid)) throw error
    return problem.errors!.map(({ pointer, code }) => `${pointer} ${code}`)
  }
}

test.group('Validation: unknown fields', () => {
  test('are refused at every depth, by a pointer to each', async ({ assert }) => {
    assert.deepEqual(await refusalsOf({ nmae: 'x' }), ['/nmae unknown_field'])
    assert.deepEqual(await refusalsOf({ contact: { phnoe: '1' } }), ['/contact/phnoe unknown_field'])
    assert.deepEqual(await refusalsOf({ notes: [{ text: 'a' }, { text: 'b', txet: 'c' }] }), [
      '/notes/1/txet unknown_field',
    ])
  })

  test('are not what the shape leaves open', async ({ assert }) => {
    assert.deepEqual(await refusalsOf({ content: { value: 38.5, unit: 'Cel' } }), [])
    assert.deepEqual(await refusalsOf({ contact: null }), [])
  })

  test('with names of the language itself are fields like any other', async ({ assert }) => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      assert.deepEqual(await refusalsOf(JSON.parse(`{"${name}": {"name": "x"}}`)), [`/${name} unknown_field`])
  })

  test('with a slash or a tilde are pointed at as RFC 6901 says', async ({ assert }) => {
    assert.deepEqual(await refusalsOf({ 'a/b~c': 1 }), ['/a~1b~0c unknown_field'])
  })

  test('in their thousands are answered with fifty', async ({ assert }) => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}`, n]))
    assert.lengthOf(await refusalsOf(many), 50)
  })

  test('what is no object at all is refused as a whole', async ({ assert }) => {
    for (const input of ['x', 3, [], true]) assert.deepEqual(await refusalsOf(input), [' object'])
    for (const input of [null, undefined]) assert.deepEqual(await refusalsOf(input), [' required'])
  })
})

test.group('Validation: shapes', () => {
  const one = (rule: () => any) => vine.create({ it: rule() })
  const refused = async (rule: () => any, value: unknown) => (await refusalsOf({ it: value }, one(rule))).length > 0

  test('a day is one of the calendar', async ({ assert }) => {
    for (const bad of [
      '1990-02-30',
      '2023-02-29',
      '1990-13-01',
      '1990-00-10',
      '90-01-01',
      '1990-1-1',
      '0000-01-01',
      '',
    ])
      assert.isTrue(await refused(day, bad), bad)
    for (const good of ['2024-02-29', '1900-01-01', '2199-12-31']) assert.isFalse(await refused(day, good), good)
  })

  test('a date of birth lies in the past', async ({ assert }) => {
    assert.isTrue(await refused(pastDay, '2199-01-01'))
    assert.isFalse(await refused(pastDay, '1888-02-29'))
  })

  test('an instant has an offset and exists; 30 February is not taken for 1 March', async ({ assert }) => {
    const bad = [
      '2024-02-30T10:00:00Z',
      '2024-01-01T25:00Z',
      '2024-01-01',
      '2024-01-01T10:00',
      '9999-12-31T23:59:59-10:00',
    ]
    for (const text of [...bad, '0000-01-01T00:00:00+14:00', '2024-01-01T10:00+99:00'])
      assert.isTrue(await refused(moment, text), text)
    for (const good of ['2024-01-01T10:00Z', '2024-02-29T23:59:59.999+01:00', '1970-01-01T00:00:00Z'])
      assert.isFalse(await refused(moment, good), good)
  })

  test('a line holds no control sign and no half of a character; prose may have line breaks', async ({ assert }) => {
    for (const bad of ['a\0b', 'a\nb', 'a\u0007', 'a\ud800b', '   ', 'x'.repeat(11)])
      assert.isTrue(await refused(() => line(10), bad), JSON.stringify(bad))
    for (const bad of ['a\0b', 'a\udc00']) assert.isTrue(await refused(() => prose(10), bad), JSON.stringify(bad))
    assert.isFalse(await refused(() => prose(10), 'a\nb'))
    assert.isFalse(await refused(() => line(10), '𞤀𞤁𞤂 é'))
  })
})

test.group('Validation: nothing where something is required', () => {
  const RULES = {
    day,
    pastDay,
    moment,
    keptMoment,
    pastMoment,
    rowUuid,
    versionNumber,
    line: () => line(9),
    prose: () => prose(9),
  }

  for (const [name, rule] of Object.entries(RULES))
    test(`is refused for ${name}, left out or null`, async ({ assert }) => {
      const required = vine.create({ field: rule() as ReturnType<typeof line> })
      assert.deepEqual(await refusalsOf({}, required), ['/field required'])
      assert.deepEqual(await refusalsOf({ field: null }, required), ['/field required'])
    })

  test('is taken where it empties a field', async ({ assert }) => {
    const emptied = vine.create({ at: moment().nullable().optional(), on: day().nullable().optional() })
    assert.deepEqual(await refusalsOf({ at: null, on: null }, emptied), [])
    assert.deepEqual(await validated(emptied, { at: null, on: null }), { at: null, on: null })
  })
})

test.group('Validation: addresses of mail', () => {
  const byEmail = vine.create({ email: emailAddress() })

  test('hold nothing that nobody sees, as one mailbox would have many', async ({ assert }) => {
    for (const email of [
      'awa@exam\u00adple.org',
      'awa@exam\u200dple.org',
      'awa@example.org\u202e',
      'a\u200bwa@example.org',
    ])
      assert.deepEqual(await refusalsOf({ email }, byEmail), ['/email email'], JSON.stringify(email))
    for (const email of ['awa@example.org', 'awa.sow+c@münchen.example.org', 'aïssatou@example.org'])
      assert.deepEqual(await refusalsOf({ email }, byEmail), [], email)
  })
})
