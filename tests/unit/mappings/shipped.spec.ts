import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { loadMapping } from '#app/mappings/load_mapping'
import type { MappedRecord } from '#app/mappings/compile_records'
import { readMapped } from '#app/mappings/read_mapped'
import { collect, folderOf, recordsOf } from '#tests/unit/mappings/read_all'

const root = new URL('../../../', import.meta.url)
const synthea = fileURLToPath(new URL('../shared/data/synthea/', root))
const clinique = fileURLToPath(new URL('resources/samples/clinique/', root))
const hasSynthea = existsSync(synthea)

interface Tally {
  rows: Record<string, number>
  records: Record<string, number>
  keys: Record<string, number>
}

/** How many rows of each kind, records of each entity and distinct keys of them a mapping makes of a folder. */
async function tally(name: string, folder: string, look: (record: MappedRecord) => void = () => {}): Promise<Tally> {
  const found: Tally = { rows: {}, records: {}, keys: {} }
  const keys = new Set<string>()
  const add = (counts: Record<string, number>, key: string) => (counts[key] = (counts[key] ?? 0) + 1)
  for await (const { file, rows } of readMapped(await loadMapping(name), folder)) {
    for (const row of rows) {
      add(found.rows, row.kind === 'rejected' ? `${file} ${row.code}` : `${file} ${row.kind}`)
      for (const record of row.kind === 'records' ? row.records : []) {
        add(found.records, record.entity)
        const id = `${record.entity} ${record.key}`
        if (!keys.has(id)) add(found.keys, record.entity)
        keys.add(id)
        look(record)
      }
    }
  }
  return found
}

test.group('The shipped mappings', () => {
  test('synthea takes every row of the real export', async ({ assert }) => {
    const codes = new Map<string, number>()
    const { rows, records, keys } = await tally('synthea', synthea, ({ entity, input }) => {
      if (entity !== 'medical_record' && entity !== 'lab_result') return
      const key = `${String(input.type ?? 'lab')} ${String(input.code_system)}`
      codes.set(key, (codes.get(key) ?? 0) + 1)
    })
    assert.deepEqual(rows, {
      'organizations.csv lookup': 173,
      'providers.csv records': 173,
      'patients.csv records': 59,
      'encounters.csv records': 2590,
      'conditions.csv records': 1534,
      'allergies.csv records': 25,
      'medications.csv records': 1772,
      'procedures.csv records': 4637,
      'immunizations.csv records': 891,
      'observations.csv records': 21_697,
    })
    assert.equal(records.lab_result, 5852)
    // Of all keys only assignments come again: one for each pair of patient and doctor.
    assert.deepEqual({ ...keys, assignment: records.assignment }, records)
    assert.isBelow(keys.assignment!, 2590)
    assert.equal(codes.get('note undefined'), 1512)
    assert.equal(codes.get('lab LOINC'), 5852)
    assert.equal(codes.get('vaccination CVX'), 891)
    assert.equal(codes.get('allergy RxNorm'), 3)
  })
    .skip(!hasSynthea, 'There is no ../shared/data/synthea beside the project')
    .timeout(60_000)

  test('clinique rejects the sample’s flaws and nothing else', async ({ assert }) => {
    const flaws: Record<string, number> = JSON.parse(await readFile(`${clinique}flaws.json`, 'utf8'))
    const { rows, records, keys } = await tally('clinique', clinique)
    const rejected = Object.fromEntries(Object.entries(rows).filter(([key]) => !key.endsWith(' records')))
    assert.deepEqual(rejected, {
      'patients.csv missing_key': flaws.patients_missing_number,
      'patients.csv unreadable_date': flaws.patients_day_and_month_swapped,
      'visites.csv unreadable_date': flaws.visits_day_and_month_swapped,
      'visites.csv ragged_row': flaws.visits_stray_delimiter,
      'visites.csv unbalanced_quotes': flaws.visits_unbalanced_quote,
    })
    assert.equal(records.patient! - keys.patient!, flaws.patients_exact_duplicate)
    assert.isAbove(records.prescription!, 2000)
  })

  test('medinfo reads files whose columns are the fields', async ({ assert }) => {
    const folder = await folderOf({
      'users.csv': 'id,name,roles\n1,Awa Diop,"doctor,lab"\n',
      'patients.csv': 'id,family_name,given_name,sex,dob\n9,Fall,Issa,male,1980-02-03\n',
      'medical_records.csv': 'id;patient;doctor;type;description;content\n1;9;1;note;Seen;"{""calm"":true}"\n',
    })
    const inputs: Record<string, unknown>[] = []
    const { records } = await tally('medinfo', folder, ({ input }) => inputs.push(input))
    assert.deepEqual(records, { user: 1, patient: 1, medical_record: 1 })
    assert.deepEqual(inputs, [
      { name: 'Awa Diop', roles: ['doctor', 'lab'] },
      { family_name: 'Fall', given_name: 'Issa', sex: 'male', dob: '1980-02-03' },
      { type: 'note', description: 'Seen', content: { calm: true } },
    ])
  })
})

test.group('The documentation', () => {
  test('its walk-through is a mapping that works', async ({ assert }) => {
    const text = await readFile(new URL('docs/imports.md', root), 'utf8')
    const [patients, visits, treatment, allergy] = [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml]) => yaml!)
    const folder = await folderOf({
      'patients.csv': 'Code;Nom;Prenom;Sexe;NeLe;Tel;Allergies\n7;Fall;Awa;f;31/12/1999;;Dust / Cats\n',
      'visites.csv': 'No;Code;Date;Motif;Traitement\n1;7;01/02/2020;Cough;Syrup\n2;7;02/02/2020;Cough;\n',
    })
    const yaml = [patients, allergy, visits, treatment].join('')
    const records = recordsOf(await collect(yaml, folder))
    assert.deepEqual(
      records.map(({ entity, key }) => `${entity} ${key}`),
      [
        'patient ourclinic:patients.csv:7',
        'medical_record ourclinic:patients.csv:7/allergy/Dust',
        'medical_record ourclinic:patients.csv:7/allergy/Cats',
        'consultation ourclinic:visites.csv:1',
        'prescription ourclinic:visites.csv:1/treatment',
        'consultation ourclinic:visites.csv:2',
      ]
    )
  })
})
