import { test } from '@japa/runner'
import type { Caller } from '#app/core/caller'
import type { Page } from '#app/core/keyset'
import { correctConsultation } from '#app/consultations/correct_consultation'
import type Patient from '#app/patients/patient'
import { callerOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { LISTS, type ListCase, type Parties } from '#tests/functional/database/chart_lists'
import { fillCharts } from '#tests/functional/database/many_charts'
import { explain, isSort, plansOf, type Plan } from '#tests/functional/database/plans'

/** Tables whose rows a list reads: none of them whole, and none put in order for a page. */
const READ_FROM = [
  'consultations',
  'prescriptions',
  'medical_records',
  'lab_results',
  'addenda',
  'record_versions',
  'audit_logs',
  'alerts',
  'users',
  'patients',
]
/** By their names or by what a statement calls them. */
const isWhole = ({ table, key }: Plan) => key === null && [...READ_FROM, 'v', 'care', 'dp', 'l'].includes(table)

test.group('Lists of clinical records, people, alerts and the audit use an index', (group) => {
  let callers: Record<ListCase['by'], Caller>
  let parties: Parties

  group.setup(async () => {
    const doctors = [await someone('doctor'), await someone('doctor'), await someone('nurse'), await someone('doctor')]
    const labs = [await someone('lab'), await someone('lab')]
    const patients: Patient[] = []
    for (let n = 0; n < 40; n++) patients.push(await patientOf(doctors[n % doctors.length]!))
    const [doctor, lab, patient] = [doctors[0]!, labs[0]!, patients[0]!]
    let consultation = await someConsultation(doctor, patient)
    for (const notes of ['one', 'two', 'three', 'four']) {
      const { uuid: id, version } = consultation
      consultation = await correctConsultation(callerOf(doctor), { id, version, notes })
    }
    await fillCharts({ doctors, labs, patients, consultation })
    parties = { doctor, lab, patient, consultation }
    callers = { doctor: callerOf(doctor), lab: callerOf(lab), admin: callerOf(await someone('admin')) }
  })

  for (const [name, { list, by, asked, indexes, areFew }] of Object.entries(LISTS)) {
    test(`${name}: no page is sorted, and each begins in the index`, async ({ assert }) => {
      const query = asked?.(parties) ?? {}
      let nextCursor: string | null = null
      const first = await plansOf(READ_FROM, async () => {
        nextCursor = ((await list(callers[by], query)) as Page<unknown>).nextCursor
      })
      assert.isNotNull(nextCursor, 'there is a second page')
      const second = await plansOf(READ_FROM, () => list(callers[by], { ...query, cursor: nextCursor! }))
      for (const plans of [first, second]) {
        const shown = JSON.stringify(plans, null, 1)
        assert.isEmpty(plans.flat().filter(isWhole), shown)
        if (!areFew) assert.isEmpty(plans.flat().filter(isSort), shown)
        for (const index of indexes) assert.isTrue(plans.flat().some(uses(index)), `${index}\n${shown}`)
      }
      const begins = second.flat().filter((plan) => indexes.some((index) => uses(index)(plan)))
      if (!areFew)
        assert.isTrue(
          begins.every(({ how }) => /^(range|SEARCH)/.test(how)),
          JSON.stringify(begins)
        )
    })
  }

  test('control: an order that no index has is seen to be sorted', async ({ assert }) => {
    const plans = await explain('select id from consultations order by follow_up_on limit 26', [])
    assert.isTrue(plans.some(isSort) && plans.some(isWhole), JSON.stringify(plans))
  })
})

function uses(index: string) {
  return ({ key }: Plan) => key !== null && index.split('|').includes(key)
}
