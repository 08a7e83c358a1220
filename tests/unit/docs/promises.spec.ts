import { existsSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'

/** Each page with the number of promises that it has at least. */
const PAGES = {
  'docs/security/sign-in.md': 25,
  'docs/security/devices.md': 15,
  'docs/security/audit.md': 13,
  'docs/security/data-at-rest.md': 10,
  'docs/security/back-office.md': 20,
}

/** Each promise of the page with the test that would fail if it were broken: `file` and the test's title. */
function promisesOf(page: string) {
  const tables = [...page.matchAll(/^\| promise \| test \|\n\|---\|---\|\n((?:\|.*\n?)+)/gm)]
  const rows = tables.flatMap(([, lines]) => lines!.trim().split('\n'))
  return rows.map((row) => {
    const [promise = '', tests = ''] = row.slice(1, -1).split(/(?<!\\)\|/)
    const named = [...tests.matchAll(/`([^`]+\.ts)`: ([^;]+)/g)]
    return { promise: promise.trim(), tests: named.map(([, file, title]) => ({ file: file!, title: title!.trim() })) }
  })
}

const isIn = ({ file, title }: { file: string; title: string }) =>
  existsSync(`tests/${file}`) && readFileSync(`tests/${file}`, 'utf8').includes(title)

for (const [page, least] of Object.entries(PAGES))
  test.group(page, () => {
    const promises = promisesOf(readFileSync(page, 'utf8'))

    test('names a test for every promise', ({ assert }) => {
      assert.isAbove(promises.length, least)
      assert.deepEqual(
        promises.filter(({ tests }) => !tests.length).map(({ promise }) => promise),
        []
      )
    })

    test('names tests that are there, by their titles', ({ assert }) => {
      const lost = promises.flatMap(({ tests }) => tests).filter((each) => !isIn(each))
      assert.deepEqual(lost, [])
    })
  })

test.group('The promises', () => {
  test('control: a title that no test has is told', ({ assert }) => {
    const title = 'names a test for every promise'
    const [row] = promisesOf(`| promise | test |\n|---|---|\n| a promise | \`unit/docs/promises.spec.ts\`: ${title} |`)
    assert.isTrue(isIn(row!.tests[0]!))
    assert.isFalse(isIn({ ...row!.tests[0]!, title: `${title}, twice` }))
    assert.isFalse(isIn({ ...row!.tests[0]!, file: 'unit/docs/no_such.spec.ts' }))
  })
})
