import { test } from '@japa/runner'
import { inputsOf, readAll, rejectsOf, usersFile } from '#tests/unit/mappings/read_all'

/** What the mapping `value` makes of one row with these cells. */
async function valueOf(value: string, cells: Record<string, string>, head = '') {
  const [names, row] = [Object.keys(cells).join(';'), Object.values(cells).join(';')]
  const yaml = usersFile(["delimiter: ';'"], [`name: ${value}`])
  const rows = await readAll(yaml, { 'u.csv': `${names};last\n${row};x\n` }, { head })
  return rejectsOf(rows)[0] ?? inputsOf(rows)[0]!.name
}

const rejected = (code: string, column = 'a') => ({ file: 'u.csv', line: 2, column, code })

const made: { title: string; value: string; cells: Record<string, string>; gives: unknown; head?: string }[] = [
  { title: 'a column by its name', value: 'a', cells: { a: ' Awa ' }, gives: 'Awa' },
  {
    title: 'a column with its white space',
    value: '{ column: a, trim: false }',
    cells: { a: ' Awa ' },
    gives: ' Awa ',
  },
  { title: 'nothing for an empty cell', value: 'a', cells: { a: ' ' }, gives: undefined },
  {
    title: 'nothing for what the old system writes for it',
    value: 'a',
    cells: { a: 'NULL' },
    gives: undefined,
    head: 'empty_values: ["NULL"]\n',
  },
  { title: 'a constant', value: '{ constant: doctor }', cells: { a: '' }, gives: 'doctor' },
  { title: 'a constant list', value: '{ constant: [doctor] }', cells: { a: '' }, gives: ['doctor'] },
  {
    title: 'a concatenation without its empty parts',
    value: '{ join: [a, b, { constant: z }], with: ", " }',
    cells: { a: 'x', b: '' },
    gives: 'x, z',
  },
  { title: 'the first value that is not empty', value: '{ first: [a, b] }', cells: { a: '', b: 'y' }, gives: 'y' },
  { title: 'a default', value: '{ column: a, default: none }', cells: { a: '' }, gives: 'none' },
  {
    title: 'a value only when a condition holds',
    value: '{ column: a, when: { column: b, is: "1" } }',
    cells: { a: 'x', b: '2' },
    gives: undefined,
  },
  {
    title: 'the first part of a split',
    value: '{ column: a, split: { by: "-", part: 1 } }',
    cells: { a: 'x - y - z' },
    gives: 'x',
  },
  {
    title: 'the last part of a split',
    value: '{ column: a, split: { by: "-", part: -1 } }',
    cells: { a: 'x-y-z' },
    gives: 'z',
  },
  {
    title: 'nothing for a part that is not there',
    value: '{ column: a, split: { by: "-", part: 4 } }',
    cells: { a: 'x-y-z' },
    gives: undefined,
  },
  {
    title: 'a list, each item through the steps',
    value: '{ column: a, split: { by: "," }, case: upper }',
    cells: { a: 'x, ,y' },
    gives: ['X', 'Y'],
  },
  {
    title: 'the first group of an extract',
    value: '{ column: a, extract: "no ([0-9]+)" }',
    cells: { a: 'file no 12b' },
    gives: '12',
  },
  {
    title: 'the whole of an extract without groups',
    value: '{ column: a, extract: "[0-9]+" }',
    cells: { a: 'file no 12b' },
    gives: '12',
  },
  {
    title: 'nothing when an extract finds nothing',
    value: '{ column: a, extract: "[0-9]+" }',
    cells: { a: 'none' },
    gives: undefined,
  },
  {
    title: 'several replacements, one after the other',
    value: '{ column: a, replace: [{ pattern: "[ .]", with: "" }, { pattern: "^00", with: "+" }] }',
    cells: { a: '00 22 1.7' },
    gives: '+2217',
  },
  {
    title: 'a replacement with groups, whatever the case',
    value: '{ column: a, replace: { pattern: "^dr (.+)$", with: "$1, Dr", ignore_case: true } }',
    cells: { a: 'DR Diop' },
    gives: 'Diop, Dr',
  },
  { title: 'capitals', value: '{ column: a, case: upper }', cells: { a: 'zoé' }, gives: 'ZOÉ' },
  { title: 'small letters', value: '{ column: a, case: lower }', cells: { a: 'ZOÉ' }, gives: 'zoé' },
  {
    title: 'a capital for each part of a name',
    value: '{ column: a, case: title }',
    cells: { a: "JEAN-LUC N'DIAYE" },
    gives: "Jean-Luc N'Diaye",
  },
  { title: 'what a table says', value: '{ column: a, table: { M: male } }', cells: { a: 'M' }, gives: 'male' },
  {
    title: 'what a table says for the other case',
    value: '{ column: a, table: { Féminin: female } }',
    cells: { a: 'FÉMININ' },
    gives: 'female',
  },
  {
    title: 'what a table says for nothing',
    value: "{ column: a, table: { '': active }, otherwise: over }",
    cells: { a: '' },
    gives: 'active',
  },
  {
    title: 'otherwise for what a table does not list',
    value: "{ column: a, table: { '': active }, otherwise: over }",
    cells: { a: 'x' },
    gives: 'over',
  },
  {
    title: 'what a table does not list, kept',
    value: '{ column: a, table: { M: male }, otherwise_keep: true }',
    cells: { a: 'x' },
    gives: 'x',
  },
  {
    title: 'a table by its name',
    value: '{ column: a, table: sexes }',
    cells: { a: '01' },
    gives: 'male',
    head: 'tables: { sexes: { 01: male } }\n',
  },
  {
    title: 'no member of every object',
    value: '{ column: a, table: { M: male }, otherwise: none }',
    cells: { a: 'constructor' },
    gives: 'none',
  },
  { title: 'a date', value: '{ column: a, date: DD/MM/YYYY }', cells: { a: '03/04/2003' }, gives: '2003-04-03' },
  {
    title: 'a moment in the zone of the mapping',
    value: '{ column: a, instant: DD/MM/YYYY }',
    cells: { a: '03/04/2003' },
    gives: '2003-04-02T23:00:00.000Z',
    head: 'timezone: Africa/Lagos\n',
  },
  {
    title: 'a moment in a zone of its own',
    value: '{ column: a, instant: DD/MM/YYYY, timezone: UTC }',
    cells: { a: '03/04/2003' },
    gives: '2003-04-03T00:00:00.000Z',
    head: 'timezone: Africa/Lagos\n',
  },
  { title: 'a number', value: '{ column: a, number: true }', cells: { a: '-3.50' }, gives: -3.5 },
  {
    title: 'a number in another notation',
    value: '{ column: a, number: { decimal: ",", thousands: "." } }',
    cells: { a: '1.234,5' },
    gives: 1234.5,
  },
  { title: 'JSON', value: '{ column: a, json: true }', cells: { a: '[1]' }, gives: [1] },
  {
    title: 'an object without its empty members',
    value: '{ object: { x: a, y: b } }',
    cells: { a: '1', b: '' },
    gives: { x: '1' },
  },
  {
    title: 'nothing for a list of empty objects',
    value: '{ list: [{ object: { x: a } }] }',
    cells: { a: '' },
    gives: undefined,
  },
  {
    title: 'steps in another order, one value inside another',
    value: '{ of: { column: a, table: { M: male, F: female } }, case: upper }',
    cells: { a: 'F' },
    gives: 'FEMALE',
  },
]

test.group('Values', () => {
  const refused: { title: string; value: string; cell: string; code: string }[] = [
    {
      title: 'a date that does not exist',
      value: '{ column: a, date: DD/MM/YYYY }',
      cell: '12/28/2003',
      code: 'unreadable_date',
    },
    {
      title: 'a moment that does not exist',
      value: '{ column: a, instant: DD/MM/YYYY }',
      cell: '31/02/2003',
      code: 'unreadable_date',
    },
    { title: 'a number that is none', value: '{ column: a, number: true }', cell: '12,5', code: 'unreadable_number' },
    { title: 'JSON that is none', value: '{ column: a, json: true }', cell: '{', code: 'unreadable_json' },
    {
      title: 'what a table does not list',
      value: '{ column: a, table: { M: male } }',
      cell: 'X',
      code: 'not_in_table',
    },
    { title: 'an empty required value', value: '{ column: a, required: true }', cell: '', code: 'missing_value' },
  ]
  for (const { title, value, cell, code } of refused) {
    test(`rejects ${title}, naming the column and not the value`, async ({ assert }) => {
      assert.deepEqual(await valueOf(value, { a: cell }), rejected(code))
    })
  }

  for (const { title, value, cells, gives, head } of made) {
    test(`gives ${title}`, async ({ assert }) => {
      assert.deepEqual(await valueOf(value, cells, head), gives)
    })
  }
})

test.group('Conditions', () => {
  const holding = ['is: x', 'in: [w, x]', 'is_not: y', 'not_in: [y]', 'empty: false', 'matches: "^[xy]$"']
  const failing = ['is: X', 'in: [w]', 'is_not: x', 'not_in: [x]', 'empty: true', 'matches: "^X$"']
  for (const [tests, gives] of [
    [holding, 'yes'],
    [failing, undefined],
  ] as const) {
    for (const one of tests) {
      test(`'${one}' ${gives ? 'holds' : 'does not hold'} for x`, async ({ assert }) => {
        assert.equal(await valueOf(`{ constant: yes, when: { column: a, ${one} } }`, { a: ' x' }), gives)
      })
    }
  }

  test('all of a list must hold, and one of any', async ({ assert }) => {
    const when = 'when: [{ column: a, is: x }, { any: [{ column: b, is: y }, { column: b, is: z }] }]'
    assert.equal(await valueOf(`{ constant: yes, ${when} }`, { a: 'x', b: 'z' }), 'yes')
    assert.equal(await valueOf(`{ constant: yes, ${when} }`, { a: 'x', b: 'w' }), undefined)
    assert.equal(await valueOf(`{ constant: yes, ${when} }`, { a: 'w', b: 'z' }), undefined)
  })
})
