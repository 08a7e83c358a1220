import { test } from '@japa/runner'
import { ahead } from '#app/imports/ahead'

test.group('Preparing ahead', () => {
  test('prepares one item while the one before is in use, and no more', async ({ assert }) => {
    let made = 0
    async function* numbers() {
      while (made < 4) yield ++made
    }
    const seen: [number, number][] = []
    for await (const number of ahead(numbers())) {
      await new Promise((resolve) => setImmediate(resolve))
      seen.push([number, made])
    }
    assert.deepEqual(seen, [
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ])
  })

  test('tells of a failure when its item is asked for, after the items before it', async ({ assert }) => {
    async function* failing() {
      yield 'first'
      throw new Error('second cannot be read')
    }
    const seen: string[] = []
    await assert.rejects(async () => {
      for await (const item of ahead(failing())) seen.push(item)
    }, 'second cannot be read')
    assert.deepEqual(seen, ['first'])
  })

  test('ends the source when the consumer stops early', async ({ assert }) => {
    let ended = false
    async function* endless() {
      try {
        for (;;) yield 1
      } finally {
        ended = true
      }
    }
    for await (const one of ahead(endless())) if (one) break
    assert.isTrue(ended)
  })
})
