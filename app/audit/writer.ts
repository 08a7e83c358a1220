import { randomBytes } from 'node:crypto'

/** This process among those that write the audit. Random, so that two never share one. */
export const WRITER = randomBytes(8)

/*
 * Rows of one writer are numbered without gaps, so that a row deleted before it is sealed shows as one. A number that a
 * rollback freed goes to the next row: the smallest first, so that none is missing for longer than a transaction lasts.
 */
let last = 0
const freed: number[] = []
const lost = new Set<number>()

export function takeNumber(): number {
  return freed.sort((one, other) => one - other).shift() ?? ++last
}

export function giveBack(numbers: number[]) {
  freed.push(...numbers)
}

/** Nobody knows whether the rows with these numbers are there: they are not used again, and a later row tells of them. */
export function lose(numbers: number[]) {
  for (const number of numbers) lost.add(number)
}

export function lostNumbers(): number[] {
  return [...lost]
}

/** They are told in a row that is written for certain. */
export function forgetLost(numbers: number[]) {
  for (const number of numbers) lost.delete(number)
}
