import { randomBytes } from 'node:crypto'

/** This process among those that write the audit. Random, so that two never share one. */
export const WRITER = randomBytes(8)

/*
 * Rows of one writer are numbered without gaps, so that a row deleted before it is sealed shows as one. A number that a
 * rollback freed goes to the next row.
 */
let last = 0
const freed: number[] = []

export function takeNumber(): number {
  return freed.pop() ?? ++last
}

export function giveBack(numbers: number[]) {
  freed.push(...numbers)
}
