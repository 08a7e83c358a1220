import { test } from '@japa/runner'
import { isUnitOfUcum } from '#app/records/ucum_unit'

const WELL_BUILT = [
  'mmol/L',
  'g/L',
  'Cel',
  '%',
  '1',
  '/min',
  'mm[Hg]',
  '[degF]',
  '10*3/uL',
  '10^9/L',
  '[IU]/mL',
  "'",
  'm2',
  'kg.m-2',
  'kg/m+2',
  '{score}',
  '{copies}/mL',
  'mL{total}/d',
  'mg/{creat}',
  'mL/min/(173.10*-2.m2)',
  '/(kg.(s.m))',
  'kcal_[IT]/h',
]
const NONSENSE = [
  '',
  ' ',
  'mg / dL',
  '°C',
  'µg/L',
  'mg//dL',
  'mg/',
  '.mg',
  'mg.',
  'mm[Hg',
  'mm Hg]',
  '(mg/dL',
  'mg)/dL',
  '()',
  '[]',
  '{a{b}}',
  '{a',
  'a}',
  'm=2',
  '"m"',
  'm--2',
  'm2-',
  '(m)(s)',
  'mg\u0000',
]

test.group('A unit of UCUM', () => {
  for (const unit of WELL_BUILT) test(`may be ${unit}`, ({ assert }) => assert.isTrue(isUnitOfUcum(unit)))
  for (const unit of NONSENSE)
    test(`may not be ${JSON.stringify(unit)}`, ({ assert }) => assert.isFalse(isUnitOfUcum(unit)))
})
