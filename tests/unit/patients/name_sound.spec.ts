import { existsSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameSpans, nameTokens } from '#app/patients/names/name_tokens'
import { readLines } from '#tests/unit/samples/clinique'

interface NamePair {
  a: string
  b: string
  match: boolean
  reason: string
}

const pairs: NamePair[] = JSON.parse(readFileSync(new URL('../../fixtures/name_pairs.json', import.meta.url), 'utf8'))

const soundsAlike = (typed: string, token: string) => {
  return typed === token || (nameSound(typed) !== '' && nameSound(typed) === nameSound(token))
}
const soundsAlikeOrBegins = (typed: string, token: string) => soundsAlike(typed, token) || token.startsWith(typed)

/** As the search does it: spans that match a token of the name cover every word of what was typed. */
function finds(typed: string, name: string, matches: typeof soundsAlike): boolean {
  const words = new Set(foldName(typed).split(' ').keys())
  for (const { text, from, to } of nameSpans(typed)) {
    if (!nameTokens(name).some((token) => matches(text, token))) continue
    for (let word = from; word <= to; word++) words.delete(word)
  }
  return words.size === 0
}

const describePair = ({ a, b, reason }: NamePair) => `${a} · ${b} (${reason})`

test.group('The sound of a name: the checked-in pairs', () => {
  test('names of different people do not find each other, neither by sound nor by beginning', ({ assert }) => {
    const different = pairs.filter((pair) => !pair.match)
    assert.isAtLeast(different.length, 150)
    const mixedUp = different.filter(({ a, b }) => finds(a, b, soundsAlikeOrBegins) || finds(b, a, soundsAlikeOrBegins))
    assert.deepEqual(mixedUp.map(describePair), [])
  })

  test('spellings of one name find each other, both ways', ({ assert }) => {
    const same = pairs.filter((pair) => pair.match)
    assert.isAtLeast(same.length, 150)
    const lost = same.filter(({ a, b }) => !finds(a, b, soundsAlike) || !finds(b, a, soundsAlike))
    assert.deepEqual(lost.map(describePair), [])
  })

  test('every pair says why', ({ assert }) => {
    assert.isTrue(pairs.every((pair) => pair.reason.length > 5))
  })
})

test.group('The sound of a name', () => {
  test('is empty for a name in another script, which is found by its letters', ({ assert }) => {
    assert.equal(nameSound(foldName('محمد')), '')
    assert.equal(nameSound(foldName('Жанна')), '')
    assert.equal(nameSound(''), '')
  })

  test('is at most sixteen capitals and digits, whatever comes in', ({ assert }) => {
    const odd = ['bcdfgbcdfgbcdfgbcdfg', 'x'.repeat(500), 'xyxyxyxyxyxyxyxyxyxy', 'h', 'aeiou', '2eme', '007', 'zz9']
    for (const token of odd) assert.match(nameSound(token), /^[A-Z0-9]{0,16}$/, token)
    assert.equal(nameSound('007'), '007')
  })

  test('follows the worked examples of its documentation', ({ assert }) => {
    assert.equal(nameSound('ouedraogo'), 'WADRGO')
    assert.equal(nameSound('ndiaye'), 'NJAI')
    assert.equal(nameSound('traore'), 'TRAOR')
  })
})

/** What a search by sound reads besides the wanted name: distinct tokens that share a key, on average and at worst. */
function bucketsOf(tokens: string[]) {
  const buckets = new Map<string, Set<string>>()
  for (const token of tokens) {
    const sound = nameSound(token)
    buckets.set(sound, (buckets.get(sound) ?? new Set()).add(token))
  }
  const sizes = [...buckets.values()].map((bucket) => bucket.size)
  const seenByToken = sizes.reduce((sum, size) => sum + size * size, 0) / sizes.reduce((sum, size) => sum + size, 0)
  const worst = [...buckets.entries()].sort((a, b) => b[1].size - a[1].size)[0]!
  return { keys: sizes.length, seenByToken, worst: `${worst[0]}: ${[...worst[1]].slice(0, 12).join(' ')}` }
}

function reportBuckets(list: string, tokens: string[]) {
  const distinct = [...new Set(tokens)]
  const { keys, seenByToken, worst } = bucketsOf(distinct)
  console.log(`    ${list}: ${distinct.length} names, ${keys} keys, ${seenByToken.toFixed(2)} names a search; ${worst}`)
  return seenByToken
}

test.group('The breadth of a search by sound', () => {
  test('stays narrow over the names of the pairs, though half of them are spellings of one another', ({ assert }) => {
    const seen = reportBuckets(
      'pairs',
      pairs.flatMap(({ a, b }) => [...nameTokens(a), ...nameTokens(b)])
    )
    assert.isBelow(seen, 4)
  })

  test('stays narrow over the names of the sample export', ({ assert }) => {
    const rows = readLines('patients.csv').map(({ fields }) => fields)
    for (const [list, column] of [rows.map((row) => row[2] ?? ''), rows.map((row) => row[1] ?? '')].entries()) {
      assert.isBelow(reportBuckets(`sample ${list ? 'family' : 'given'}`, column.flatMap(nameTokens)), 2)
    }
  })

  const febrl = new URL('../../../../shared/data/febrl/dataset2.csv', import.meta.url)
  test('stays narrow over the Febrl names', ({ assert }) => {
    const rows = readFileSync(febrl, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(', '))
    const names = [rows.map((row) => row[1] ?? ''), rows.map((row) => row[2] ?? '')]
    for (const [list, column] of names.entries()) {
      assert.isBelow(reportBuckets(`febrl ${list ? 'family' : 'given'}`, column.flatMap(nameTokens)), 2)
    }
  }).skip(!existsSync(febrl), 'the Febrl data set is not on this machine')
})
