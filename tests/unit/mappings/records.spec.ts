import { test } from '@japa/runner'
import { readAll, recordsOf, rejectsOf } from '#tests/unit/mappings/read_all'

const patients = `  - file: p.csv
    entity: patient
    key: [site, id]
    fields: { family_name: n, given_name: n, sex: { constant: unknown }, dob: { constant: 2000-01-01 }, national_id: nid }
`
const patientRows = 'site,id,n,nid\nA,1,Diop,77\nA,2,Fall,\n'
const visits = (lines: string) => `${patients}  - file: v.csv
    entity: consultation
    key: id
    fields: { date: { column: d, instant: YYYY-MM-DD } }
    references:
      patient: { file: p.csv, key: [site, pat] }
${lines}`
const visitRows = (...rows: string[]) => ({
  'p.csv': patientRows,
  'v.csv': ['id,d,site,pat,drug,list', ...rows, ''].join('\n'),
})

test.group('Records', () => {
  test('rejects a row that names no patient', async ({ assert }) => {
    const rows = await readAll(visits(''), visitRows('v1,2020-01-01,A,,,'))
    assert.deepEqual(rejectsOf(rows), [{ file: 'v.csv', line: 2, column: 'site', code: 'missing_reference' }])
  })

  test('rejects the whole row when a further record of it cannot be read', async ({ assert }) => {
    const also = `    also:
      - { name: r, entity: prescription, fields: { medicine: drug, prescribed_at: { column: list, instant: YYYY } }, references: { consultation: { main: true } } }`
    const rows = await readAll(visits(also.replace('YYYY', 'YYYY-MM-DD')), visitRows('v1,2020-01-01,A,1,x,soon'))
    assert.deepEqual(rejectsOf(rows), [{ file: 'v.csv', line: 2, column: 'list', code: 'unreadable_date' }])
    assert.lengthOf(recordsOf(rows), 2)
  })

  test('rejects a row that no target takes', async ({ assert }) => {
    const yaml = `${patients}  - file: o.csv
    targets:
      - { when: { column: k, is: skip }, lookup: true }
      - when: { column: k, is: lab }
        entity: lab_result
        fields: { test_name: k, result: r, result_date: { constant: '2020-01-01T00:00:00.000Z' } }
        references: { patient: { file: p.csv, key: [site, pat] } }
`
    const files = { 'p.csv': patientRows, 'o.csv': 'k,r,site,pat\nlab,5,A,1\nother,5,A,1\nskip,,,\n' }
    const rows = await readAll(yaml, files)
    assert.deepEqual(rejectsOf(rows), [{ file: 'o.csv', line: 3, column: null, code: 'no_target' }])
    assert.deepEqual(
      rows.slice(2).map((row) => row.kind),
      ['records', 'rejected', 'lookup']
    )
  })

  test('rejects a row that takes from a row that is not there', async ({ assert }) => {
    const yaml = `  - { file: l.csv, lookup: true, key: id }
  - file: u.csv
    entity: user
    fields: { name: { take: n, from: l.csv, by: ref } }
`
    const rows = await readAll(yaml, { 'l.csv': 'id,n\n1,One\n', 'u.csv': 'ref\n1\n2\n' })
    assert.deepEqual(rejectsOf(rows), [{ file: 'u.csv', line: 3, column: 'ref', code: 'not_in_lookup' }])
    assert.deepEqual(recordsOf(rows)[0]!.input, { name: 'One' })
  })

  test('a reference and the row that it leads to have the same key', async ({ assert }) => {
    const rows = await readAll(visits(''), visitRows('v1,2020-01-01, A,1 ,,'))
    const [patient, , visit] = recordsOf(rows)
    assert.equal(patient!.key, 'old:p.csv:A|1')
    assert.deepEqual(visit!.references, { patient: { entity: 'patient', key: patient!.key } })
  })

  test('a value cannot make its key look like another one', async ({ assert }) => {
    const rows = await readAll(patients, { 'p.csv': 'site,id,n,nid\nA|B,C,x,\nA,B|C,x,\nA%7cB,C,x,\n' })
    assert.equal(new Set(recordsOf(rows).map((record) => record.key)).size, 3)
  })

  test('a long key is digested, the same for the row and for what refers to it', async ({ assert }) => {
    const long = 'x'.repeat(500)
    const files = visitRows(`v1,2020-01-01,A,${long},,`)
    const rows = await readAll(visits(''), { ...files, 'p.csv': `site,id,n,nid\nA,${long},Diop,\n` })
    const [patient, visit] = recordsOf(rows)
    assert.isAtMost(patient!.key.length, 190)
    assert.match(patient!.key, /^old:p\.csv:~/)
    assert.equal(visit!.references.patient!.key, patient!.key)
  })

  test('the mapping’s country goes with a national id that names none', async ({ assert }) => {
    const rows = await readAll(patients, { 'p.csv': patientRows }, { head: 'country: SN\n' })
    const [first, second] = recordsOf(rows).map((record) => record.input)
    assert.equal(first!.national_id_country, 'SN')
    assert.notProperty(second, 'national_id_country')
  })

  test('makes further records of a row, when their condition holds', async ({ assert }) => {
    const also = `    also:
      - name: order
        entity: prescription
        when: { column: drug, empty: false }
        fields: { medicine: drug }
        references: { consultation: { main: true } }
`
    const rows = await readAll(visits(also), visitRows('v1,2020-01-01,A,1,Aspirin,', 'v2,2020-01-02,A,1,,'))
    const records = recordsOf(rows).slice(2)
    assert.deepEqual(
      records.map((record) => record.key),
      ['old:v.csv:v1', 'old:v.csv:v1/order', 'old:v.csv:v2']
    )
    assert.deepEqual(records[1]!.references, { consultation: { entity: 'consultation', key: 'old:v.csv:v1' } })
  })

  test('makes a record for each item of a list, also when an item comes twice', async ({ assert }) => {
    const also = `    also:
      - name: allergy
        entity: medical_record
        for_each: { column: list, split: { by: / } }
        fields: { type: { constant: allergy }, description: { item: true, case: lower }, content.note.text: { item: true } }
        references: { patient: { file: p.csv, key: [site, pat] }, consultation: { main: true } }
`
    const rows = await readAll(visits(also), visitRows('v1,2020-01-01,A,1,,Dust / Cats / Dust /'))
    const records = recordsOf(rows).slice(3)
    assert.deepEqual(
      records.map((record) => record.key),
      ['old:v.csv:v1/allergy/Dust', 'old:v.csv:v1/allergy/Cats', 'old:v.csv:v1/allergy/Dust*2']
    )
    assert.deepEqual(records[0]!.input, { type: 'allergy', description: 'dust', content: { note: { text: 'Dust' } } })
  })

  test('nested fields stay within their record, whatever their names', async ({ assert }) => {
    const yaml = `${patients}  - file: m.csv
    entity: medical_record
    fields:
      type: { constant: note }
      description: id
      content: { column: json, json: true }
      content.constructor.prototype.planted: id
    references: { patient: { file: p.csv, key: [site, pat] } }
`
    const files = { 'p.csv': patientRows, 'm.csv': 'id,json,site,pat\n1,5,A,1\n' }
    const { content } = recordsOf(await readAll(yaml, files)).at(-1)!.input as { content: unknown }
    assert.equal(JSON.stringify(content), '{"constructor":{"prototype":{"planted":"1"}}}')
    assert.notProperty({}, 'planted')
  })

  test('a further record with a key of its own can be referred to by it', async ({ assert }) => {
    const yaml = `${visits(`    also:
      - { name: w, entity: user, key: [site, drug], fields: { name: drug } }
      - { name: x, entity: user, fields: { name: drug } }
`)}  - file: l.csv
    entity: lab_result
    key: id
    fields: { test_name: id, result: id, result_date: { constant: '2020-01-01T00:00:00.000Z' } }
    references:
      patient: { file: p.csv, key: [site, pat] }
      performed_by: { file: v.csv, also: BY, key: WITH }
`
    const files = { ...visitRows('v1,2020-01-01,A,1,Awa,'), 'l.csv': 'id,site,pat,who,visit\n1,A,1,Awa,v1\n' }
    for (const [by, key] of [
      ['w', '[site, who]'],
      ['x', 'visit'],
    ] as const) {
      const records = recordsOf(await readAll(yaml.replace('BY', by).replace('WITH', key), files))
      const user = records.find((record) => record.entity === 'user' && record.key.includes(by === 'w' ? '/w:' : '/x'))
      assert.equal(records.at(-1)!.references.performed_by!.key, user!.key)
    }
  })

  test('rows without a key are told apart by their content and their number', async ({ assert }) => {
    const yaml = patients.replace('    key: [site, id]\n', '')
    const keysOf = async (text: string) => recordsOf(await readAll(yaml, { 'p.csv': text })).map((record) => record.key)
    const keys = await keysOf('site,id,n,nid\nA,1,x,\nA,1,x,\nA,2,x,\n')
    assert.equal(new Set(keys).size, 3)
    assert.isTrue(keys.every((key) => key.startsWith('old:p.csv:')))
    assert.deepEqual(await keysOf('site,id,n,nid\n"A",2,x,\r\nA,1,x,\nA,1,x,\n'), [
      keys[2],
      keys[0],
      keys[1],
    ] as string[])
  })
})
