import vine from '@vinejs/vine'
import { line } from '#app/core/rules'

/** A unit symbol and its exponent; within a symbol, square brackets hold whatever is no sign of the grammar. */
const SYMBOL = String.raw`(?:[^\s"()+\-./=[\]{}]|\[[^\s"()=[\]{}]+\])+(?:[+-]?\d+)?`
const ANNOTATION = String.raw`\{[^{}]*\}`
// The space stands for what parentheses held: no unit has one.
const COMPONENT = `(?:${SYMBOL}(?:${ANNOTATION})?|${ANNOTATION}| )`
const TERM = String.raw`\/?${COMPONENT}(?:[./]${COMPONENT})*`
const WHOLE = new RegExp(`^${TERM}$`)
const INNERMOST = new RegExp(String.raw`\(${TERM}\)`, 'g')

/**
 * Whether a text is built as UCUM builds units in its case-sensitive form: 'mmol/L', '10*3/uL', 'mm[Hg]', '{score}',
 * 'mL/min/(173.10*-2.m2)'. The innermost parentheses are replaced by a space until none are left. Which symbols there
 * are is not looked up: 'mmHg' is well built though UCUM calls it 'mm[Hg]'.
 * Source: The Unified Code for Units of Measure 2.2, syntax rules and table 1 (https://ucum.org/ucum).
 */
export function isUnitOfUcum(text: string): boolean {
  if (!/^[!-~]+$/.test(text)) return false
  let flat = text
  for (let before = ''; before !== flat;) {
    before = flat
    flat = flat.replaceAll(INNERMOST, ' ')
  }
  return WHOLE.test(flat)
}

const ofUcum = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isUnitOfUcum(value))
    field.report('The {{ field }} is not a unit of UCUM', 'ucum_unit', field)
})

/** A unit of measure, written in UCUM. */
export const ucumUnit = () => line(64).use(ofUcum())
