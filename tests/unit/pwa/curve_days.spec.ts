import { test } from '@japa/runner'
import { daysOf, rangeOfDays } from '#pwa/screens/patient/curve_days'

const NOON = Date.UTC(2026, 10, 23, 12) / 1000
const HOUR = 3600
const DAY = 24 * HOUR

test.group('The days below a curve', () => {
  test('are the measurement’s own and its neighbours, where there is one', ({ assert }) => {
    const [first, last] = rangeOfDays([NOON])
    assert.deepEqual([first, last], [NOON - DAY, NOON + DAY])
    assert.deepEqual(daysOf([first, NOON, last], [NOON], 'fr'), ['22 nov.', '23 nov.', '24 nov.'])
  })

  test('are written once, however many marks a day has', ({ assert }) => {
    const marks = [NOON - HOUR, NOON, NOON + HOUR, NOON + DAY]
    assert.deepEqual(daysOf(marks, [NOON, NOON + DAY], 'en'), ['23 Nov', '', '', '24 Nov'])
  })

  test('are months beyond a year, with a little room on both sides', ({ assert }) => {
    const at = [NOON, NOON + 400 * DAY]
    const [first, last] = rangeOfDays(at)
    assert.isBelow(first, at[0]!)
    assert.isAbove(last, at[1]!)
    assert.deepEqual(daysOf([NOON, NOON + 5 * DAY, NOON + 31 * DAY], at, 'en'), ['Nov 26', '', 'Dec 26'])
  })
})
