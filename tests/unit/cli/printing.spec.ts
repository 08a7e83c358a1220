import { test } from '@japa/runner'
import { secondsOf } from '#cli/duration'
import { Progress } from '#cli/progress'
import { tableLines } from '#cli/table'
import { UsageError } from '#cli/usage_error'

test.group('A table', () => {
  test('sets each column as wide as its widest cell and numbers to the right', ({ assert }) => {
    assert.deepEqual(
      tableLines(
        ['Nom', 'n'],
        [
          ['Aïssatou', 7],
          ['Bâ', 12],
        ]
      ),
      ['Nom        n', '--------  --', 'Aïssatou   7', 'Bâ        12']
    )
  })

  test('counts a letter with a combining accent as one column, and an absent cell as empty', ({ assert }) => {
    assert.deepEqual(tableLines(['a', 'b'], [['e\u0301', null]]).at(-1), 'e\u0301')
    const [, rule] = tableLines(['a', 'b'], [['e\u0301', 'x']])
    assert.equal(rule, '-  -')
  })
})

test.group('A duration', () => {
  test('is a number of minutes, hours or days', ({ assert }) => {
    assert.deepEqual(['30m', '24h', '90d'].map(secondsOf), [1_800, 86_400, 7_776_000])
    for (const wrong of ['', '24', 'h', '-1h', '1.5h', '24 h', '1w']) assert.throws(() => secondsOf(wrong), UsageError)
  })
})

test.group('Progress', () => {
  const advance = (file: string, bytesRead: number) => ({ file, rowsRead: bytesRead, bytesRead, bytesTotal: 100 })

  function watched(isTTY: boolean) {
    const written: string[] = []
    const time = { now: 0 }
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 }
    return { written, time, progress: new Progress(stream as never, () => time.now) }
  }

  test('is a line every five seconds and one a file where no terminal is', ({ assert }) => {
    const { written, time, progress } = watched(false)
    progress.show(advance('a.csv', 10))
    time.now = 4_000
    progress.show(advance('a.csv', 20))
    progress.show(advance('b.csv', 30))
    time.now = 9_500
    progress.show(advance('b.csv', 40))
    progress.end()
    assert.deepEqual(
      written.map((line) => line.slice(0, 4)),
      ['10 %', '30 %', '40 %']
    )
    assert.isTrue(written.every((line) => line.endsWith('\n')))
  })

  test('redraws one bar on a terminal and leaves the line free', ({ assert }) => {
    const { written, progress } = watched(true)
    progress.show(advance('a.csv', 50))
    progress.end()
    assert.include(written[0], `[${'#'.repeat(12)}${'.'.repeat(12)}]`)
    assert.isFalse(written.some((text) => text.includes('\n')))
    assert.equal(written.at(-1), '\r\u001b[K')
  })
})
