import { test } from '@japa/runner'
import { Regexes, TIMED_OUT } from '#app/mappings/run_regexes'
import { inputsOf, readAll, rejectsOf, usersFile } from '#tests/unit/mappings/read_all'

const catastrophic = usersFile(['key: a'], ['name: { column: b, extract: "^(a+)+$" }'])
const trap = `${'a'.repeat(40)}!`
const options = { regexLimitMs: 250 }

test.group('Regular expressions', () => {
  test('rejects the row at which one does not end, and goes on', async ({ assert }) => {
    const rows = await readAll(catastrophic, { 'u.csv': `a,b\n1,aa\n2,${trap}\n3,aaa\n4,b\n` }, options)
    assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 3, column: 'b', code: 'regex_timeout' }])
    assert.deepEqual(
      inputsOf(rows).map((input) => input.name),
      ['aa', 'aaa', undefined]
    )
  })

  test('gives the file up when one hangs again and again', async ({ assert }) => {
    const rows = Array.from({ length: 30 }, (_, index) => `${index},${trap}${index}\n`)
    const read = () => readAll(catastrophic, { 'u.csv': `a,b\n${rows.join('')}` }, { regexLimitMs: 30 })
    await assert.rejects(read, /regex_too_slow/)
  }).timeout(20_000)

  test('a condition that does not end rejects its row', async ({ assert }) => {
    const yaml = usersFile(['key: a'], ['name: { column: a, when: { column: b, matches: "^(a+)+$" } }'])
    const rows = await readAll(yaml, { 'u.csv': `a,b\n1,${trap}\n2,a\n` }, options)
    assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 2, column: 'b', code: 'regex_timeout' }])
  })

  test('answers many questions in their order', async ({ assert }) => {
    const regexes = new Regexes(250)
    const digits = regexes.add({ kind: 'extract', pattern: '[0-9]+', flags: 'u' })
    const upper = regexes.add({ kind: 'replace', pattern: 'x', flags: 'gu', with: 'y' })
    const answers = await regexes.run([
      { rule: digits, text: 'a12' },
      { rule: upper, text: 'xx' },
      { rule: digits, text: 'none' },
    ])
    await regexes.close()
    assert.deepEqual(answers, ['12', 'yy', null])
  })

  test('finds each value that hangs among those that do not', async ({ assert }) => {
    const regexes = new Regexes(250)
    const rule = regexes.add({ kind: 'test', pattern: '^(a+)+$', flags: 'u' })
    const answers = await regexes.run(['a', trap, 'b', `${trap}!`].map((text) => ({ rule, text })))
    await regexes.close()
    assert.deepEqual(answers, ['1', TIMED_OUT, null, TIMED_OUT])
  })

  test('a key may need one, and rows without a key are counted once', async ({ assert }) => {
    const keyed = usersFile(
      ['key: { column: a, extract: "[0-9]+" }'],
      ['name: { column: a, replace: { pattern: x, with: y } }']
    )
    const rows = await readAll(keyed, { 'u.csv': 'a\nx1\nx2\nno\n' })
    assert.deepEqual(
      rows.map((row) => (row.kind === 'records' ? row.records[0].key : row.kind)),
      ['old:u.csv:1', 'old:u.csv:2', 'rejected']
    )
    const keyless = usersFile([], ['name: { of: { column: a, replace: { pattern: x, with: y } }, extract: "y." }'])
    const again = await readAll(keyless, { 'u.csv': 'a\nx1\nx1\n' })
    assert.deepEqual(
      again.map((row) => (row.kind === 'records' ? row.records[0].key.slice(-2) : row.kind)),
      ['|1', '|2']
    )
  })
})
