import { test } from '@japa/runner'
import { join } from 'node:path'
import { loadMapping, readMapping, shippedMappings } from '#app/mappings/load_mapping'
import { BadMapping } from '#app/mappings/source_problems'
import { aMapping, folderOf, usersFile } from '#tests/unit/mappings/read_all'

const consultations = (lines: string) =>
  aMapping(`  - file: p.csv
    entity: patient
    key: id
    fields: { family_name: n, given_name: n, sex: s, dob: d }
  - file: keyless.csv
    entity: patient
    fields: { family_name: n, given_name: n, sex: s, dob: d }
  - file: c.csv
    entity: consultation
    key: id
    fields: { date: d }
${lines}`)

/** Where the author is sent, and why. */
const refusals: { title: string; text: string; code: string; line: number; key: string }[] = [
  {
    title: 'that is no YAML',
    text: 'mapping: 1\nsource: [old\nfiles: {',
    code: 'bad_yaml',
    line: 3,
    key: '',
  },
  {
    title: 'with an anchor',
    text: 'mapping: 1\nsource: old\ntables:\n  sexes: &sexes { M: male }\nfiles: []',
    code: 'alias_refused',
    line: 4,
    key: 'sexes',
  },
  {
    title: 'with an alias',
    text: 'mapping: 1\nsource: old\ncountry: *other\nfiles: []',
    code: 'alias_refused',
    line: 3,
    key: 'country',
  },
  {
    title: 'with a tag',
    text: 'mapping: 1\nsource: !!str old\nfiles: []',
    code: 'tag_refused',
    line: 2,
    key: 'source',
  },
  {
    title: 'with a tag of its own on a list',
    text: 'mapping: 1\nsource: old\nfiles: !mine []',
    code: 'tag_refused',
    line: 3,
    key: 'files',
  },
  {
    title: 'with the same key twice',
    text: 'mapping: 1\nsource: old\nsource: new\nfiles: []',
    code: 'bad_yaml',
    line: 3,
    key: '',
  },
  {
    title: 'without the name of its source',
    text: 'mapping: 1\nfiles: []',
    code: 'key_missing',
    line: 1,
    key: 'source',
  },
  {
    title: 'with a key that means nothing',
    text: aMapping(usersFile(['colour: red'])),
    code: 'key_unknown',
    line: 6,
    key: 'files.0.colour',
  },
  {
    title: 'with a field that the entity does not have',
    text: aMapping(usersFile([], ['name: a', 'shoe_size: b'])),
    code: 'key_unknown',
    line: 8,
    key: 'files.0.fields.shoe_size',
  },
  {
    title: 'without a field that the entity must have',
    text: aMapping(usersFile([], ['email: a'])),
    code: 'key_missing',
    line: 6,
    key: 'files.0.fields.name',
  },
  {
    title: 'with a value of the wrong type',
    text: aMapping(usersFile([], ['name: 12'])),
    code: 'value_type',
    line: 7,
    key: 'files.0.fields.name',
  },
  {
    title: 'with an entity that does not exist',
    text: 'mapping: 1\nsource: old\nfiles:\n  - file: u.csv\n    entity: nurse\n',
    code: 'bad_value',
    line: 5,
    key: 'files.0.entity',
  },
  {
    title: 'with two sources of one value',
    text: aMapping(usersFile([], ['name: { column: a, constant: b }'])),
    code: 'one_of_needed',
    line: 7,
    key: 'files.0.fields.name',
  },
  {
    title: 'with a date format that is not understood',
    text: aMapping(usersFile([], ['name: { column: a, date: DD/MON/YYYY }'])),
    code: 'bad_format',
    line: 7,
    key: 'files.0.fields.name.date',
  },
  {
    title: 'with a two-digit year',
    text: aMapping(usersFile([], ['name: { column: a, date: DD/MM/YY }'])),
    code: 'bad_format',
    line: 7,
    key: 'files.0.fields.name.date',
  },
  {
    title: 'with a regular expression that does not compile',
    text: aMapping(usersFile([], ['name:', "  replace: { pattern: '(a', with: '' }", '  column: a'])),
    code: 'bad_regex',
    line: 8,
    key: 'files.0.fields.name.replace',
  },
  {
    title: 'with a table that is not there',
    text: aMapping(usersFile([], ['name: { column: a, table: sexes }'])),
    code: 'table_unknown',
    line: 7,
    key: 'files.0.fields.name.table',
  },
  {
    title: 'with a time zone that does not exist',
    text: aMapping(usersFile(['timezone: Africa/Atlantis'])),
    code: 'timezone_unknown',
    line: 6,
    key: 'files.0.timezone',
  },
  {
    title: 'with an encoding that is not supported',
    text: aMapping(usersFile(['encoding: utf-16le'])),
    code: 'encoding_unknown',
    line: 6,
    key: 'files.0.encoding',
  },
  {
    title: 'with a file outside the folder',
    text: aMapping(usersFile().replace('u.csv', '../secret.csv')),
    code: 'bad_file_name',
    line: 4,
    key: 'files.0.file',
  },
  {
    title: 'with an absolute path',
    text: aMapping(usersFile().replace('u.csv', '/etc/passwd')),
    code: 'bad_file_name',
    line: 4,
    key: 'files.0.file',
  },
  {
    title: 'that describes a file twice',
    text: aMapping(`${usersFile()}\n${usersFile()}`),
    code: 'file_twice',
    line: 8,
    key: 'files.1.file',
  },
  {
    title: 'that misspells a column it lists itself',
    text: aMapping(usersFile(['columns: [x, y]'])),
    code: 'column_not_listed',
    line: 8,
    key: 'files.0.fields.name',
  },
  {
    title: 'with item outside for_each',
    text: aMapping(usersFile([], ['name: { item: true }'])),
    code: 'item_outside_for_each',
    line: 7,
    key: 'files.0.fields.name.item',
  },
  {
    title: 'with a consultation of nobody',
    text: consultations(''),
    code: 'key_missing',
    line: 11,
    key: 'files.2.references',
  },
  {
    title: 'that refers to a file it does not describe',
    text: consultations('    references:\n      patient: { file: q.csv, key: p }'),
    code: 'file_unknown',
    line: 16,
    key: 'files.2.references.patient.file',
  },
  {
    title: 'that refers to rows without a key',
    text: consultations('    references:\n      patient: { file: keyless.csv, key: p }'),
    code: 'file_without_key',
    line: 16,
    key: 'files.2.references.patient.file',
  },
  {
    title: 'that refers to rows of another kind',
    text: consultations('    references:\n      patient: { file: c.csv, key: p }'),
    code: 'reference_entity_differs',
    line: 16,
    key: 'files.2.references.patient',
  },
  {
    title: 'with a reference of another length than the key',
    text: consultations('    references:\n      patient: { file: p.csv, key: [p, q] }'),
    code: 'key_length_differs',
    line: 16,
    key: 'files.2.references.patient.key',
  },
  {
    title: 'with main outside also',
    text: consultations('    references:\n      patient: { main: true }'),
    code: 'main_outside_also',
    line: 16,
    key: 'files.2.references.patient',
  },
  {
    title: 'with main that is of another kind',
    text: consultations(`    references:
      patient: { file: p.csv, key: p }
    also:
      - name: assignment
        entity: assignment
        references:
          doctor: { main: true }
          patient: { file: p.csv, key: p }`),
    code: 'reference_entity_differs',
    line: 21,
    key: 'files.2.also.0.references.doctor',
  },
  {
    title: 'that refers to a further record that is not there',
    text: consultations('    references:\n      patient: { file: p.csv, also: q, key: p }'),
    code: 'also_unknown',
    line: 16,
    key: 'files.2.references.patient.also',
  },
  {
    title: 'with two further records of one name',
    text: aMapping(
      `${usersFile(['also:', ...['x', 'x'].map((name) => `  - { name: ${name}, entity: user, fields: { name: a } }`)])}`
    ),
    code: 'name_twice',
    line: 8,
    key: 'files.0.also.1.name',
  },
  {
    title: 'that refers to a file of several kinds without saying which',
    text: aMapping(`  - file: x.csv
    key: id
    targets:
      - { when: { column: k, is: u }, entity: user, fields: { name: n } }
      - { entity: patient, fields: { family_name: n, given_name: n, sex: s, dob: d } }
  - file: c.csv
    entity: consultation
    fields: { date: d }
    references:
      patient: { file: x.csv, key: p }`),
    code: 'reference_ambiguous',
    line: 13,
    key: 'files.1.references.patient',
  },
  {
    title: 'that takes from a file read later',
    text: aMapping(
      `${usersFile([], ['name: { take: n, from: l.csv, by: a }'])}\n  - { file: l.csv, lookup: true, key: id }`
    ),
    code: 'lookup_after_use',
    line: 7,
    key: 'files.0.fields.name.from',
  },
]

test.group('Mapping', () => {
  for (const { title, text, code, line, key } of refusals) {
    test(`refuses a mapping ${title}`, ({ assert }) => {
      const problem = refusalOf(text)
      assert.deepEqual({ code: problem.code, line: problem.line, key: problem.key }, { code, line, key })
    })
  }

  test('refuses brackets nested without end', ({ assert }) => {
    assert.equal(refusalOf(`files: ${'['.repeat(100_000)}`).code, 'bad_yaml')
  })

  test('refuses a mapping that is not there', async ({ assert }) => {
    const error = await loadMapping('nowhere.yml').catch((problem: unknown) => problem)
    assert.instanceOf(error, BadMapping)
    assert.equal((error as BadMapping).code, 'mapping_missing')
  })

  test('refuses a mapping larger than 256 KiB', async ({ assert }) => {
    const folder = await folderOf({ 'm.yml': '#'.repeat(256 * 1024 + 1) })
    const error = await loadMapping(join(folder, 'm.yml')).catch((problem: unknown) => problem)
    assert.equal((error as BadMapping).code, 'mapping_too_large')
  })

  test('reads a mapping from a file', async ({ assert }) => {
    const folder = await folderOf({ 'm.yml': aMapping(usersFile()) })
    const mapping = await loadMapping(join(folder, 'm.yml'))
    assert.equal(mapping.source, 'old')
  })

  for (const name of shippedMappings) {
    test(`ships ${name}`, async ({ assert }) => {
      const mapping = await loadMapping(name)
      assert.equal(mapping.source, name)
    })
  }
})

function refusalOf(text: string): BadMapping {
  try {
    readMapping(text)
  } catch (problem) {
    if (problem instanceof BadMapping) return problem
    throw problem
  }
  throw new Error('The mapping was accepted')
}
