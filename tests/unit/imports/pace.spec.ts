import { test } from '@japa/runner'
import { Pace } from '#app/imports/pace'

test.group('The size of a batch', () => {
  test('shrinks where batches hold the write lock for long, and is never nothing', ({ assert }) => {
    const pace = new Pace('better-sqlite3')
    const before = pace.rows
    pace.took(pace.rows, 1000)
    assert.isBelow(pace.rows, before)
    for (let times = 0; times < 10; times++) pace.took(pace.rows, 10_000)
    assert.isAbove(pace.rows, 0)
  })

  test('grows step by step where they are quick, up to what a statement takes', ({ assert }) => {
    const pace = new Pace('better-sqlite3')
    const before = pace.rows
    pace.took(pace.rows, 0.1)
    assert.equal(pace.rows, before * 2)
    for (let times = 0; times < 10; times++) pace.took(pace.rows, 0.1)
    assert.equal(pace.rows, 500)
  })

  test('is the largest where writers do not wait for each other', ({ assert }) => {
    const pace = new Pace('mysql')
    pace.took(500, 10_000)
    assert.equal(pace.rows, 500)
  })
})
