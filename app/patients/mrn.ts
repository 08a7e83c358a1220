import { randomInt } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, which are misread or misheard. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/**
 * A medical record number: ten random symbols and a check symbol by Luhn's algorithm mod 32, which notices every single
 * mistyped symbol and nearly every exchange of neighbours. Example: 'Q4X9M-2T7CB-8'.
 */
export function newMrn(): string {
  const symbols = Array.from({ length: LENGTH }, () => SYMBOLS[randomInt(SYMBOLS.length)]!).join('')
  return `${symbols.slice(0, 5)}-${symbols.slice(5)}-${checkSymbol(symbols)}`
}

function checkSymbol(symbols: string): string {
  let factor = 2
  let sum = 0
  for (const symbol of [...symbols].reverse()) {
    const addend = SYMBOLS.indexOf(symbol) * factor
    sum += Math.floor(addend / SYMBOLS.length) + (addend % SYMBOLS.length)
    factor = factor === 2 ? 1 : 2
  }
  return SYMBOLS[(SYMBOLS.length - (sum % SYMBOLS.length)) % SYMBOLS.length]!
}
