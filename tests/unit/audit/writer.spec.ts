import { test } from '@japa/runner'
import { giveBack, takeNumber, WRITER } from '#app/audit/writer'

test.group('The numbers of a writer', () => {
  test('a number that a rollback freed goes to the next row, so that none is missing', ({ assert }) => {
    const first = takeNumber()
    const others = [takeNumber(), takeNumber(), takeNumber()]
    giveBack(others)
    const again = [takeNumber(), takeNumber(), takeNumber()]
    assert.sameMembers(again, others)
    assert.equal(takeNumber(), first + 4)
    giveBack([first, ...others, first + 4])
  })

  test('a writer is eight random bytes', ({ assert }) => {
    assert.equal(WRITER.length, 8)
    assert.notDeepEqual(WRITER, Buffer.alloc(8))
  })
})
