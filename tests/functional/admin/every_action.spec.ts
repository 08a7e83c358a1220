import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { PAGES } from '#admin/pages'
import { fieldsOf } from '#admin/perform'
import type { AdminAction } from '#admin/resource'
import { RESOURCES } from '#admin/resources'
import { rewrapKeys } from '#app/keys/start_rotation'
import Permission from '#app/users/permission'
import { callerOf, someone } from '#tests/acting'
import { exampleWorld } from '#tests/functional/api/example_world'
import { officeOf, toldOf, type Answer, type Office } from '#tests/functional/admin/office'
import { patientOf } from '#tests/functional/charts/some_chart'
import { requested } from '#tests/functional/erasure/some_erasure'

/*
 * Whatever the registries of the back office hold is walked here, so that what is added to them is too. Rows are those of
 * the world that the API's examples speak of.
 */
const ROLES = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient']

/** What is sent that no form of fields describes, or of which any text will not do. */
const SENT: Record<string, Record<string, string>> = {
  permissions: { role: 'patient', permission: 'audit.view' },
  audit_proof: { format: 'csv' },
  // As they are, so that nothing changes for whoever comes next.
  settings: { name: 'MedInfo', languages: 'fr,en', language: 'fr', national_id_country: 'generic' },
}

interface Door {
  name: string
  permission: string
  ask(office: Office): Promise<Answer>
}

/** Something of the kind that each field takes; what is wrong with it is not asked before who asks. */
function typedFor(action: AdminAction, offered: string): Record<string, string> {
  const fields = Object.entries(fieldsOf(action))
  const something = {
    text: 'abc',
    email: 'abc@example.org',
    textarea: 'Demandé par la direction',
    // Of what the server offers: a clinician.
    choice: offered,
    several: '',
  }
  return Object.fromEntries(fields.map(([name, { type, values }]) => [name, values?.[0] ?? something[type]]))
}

async function doors(admin: Office): Promise<Door[]> {
  const { uuid: clinician } = await someone('doctor')
  const of: Door[] = []
  for (const { id, permission, actions, openings } of RESOURCES) {
    of.push({ name: `${id}: list`, permission, ask: (office) => office.list(id) })
    const { records = [] } = (await admin.list(id)).body
    const row = records[0]?.id
    if (!row) throw new Error(`the world of the examples has no row for ${id}`)
    of.push({ name: `${id}: show`, permission, ask: (office) => office.show(id, row) })
    for (const [name, action] of Object.entries(actions ?? {}))
      of.push({
        name: `${id}: ${name}`,
        permission: action.permission,
        ask: (office) => office.act(`${id}/records/${row}/${name}`, typedFor(action, clinician)),
      })
    for (const [name, action] of Object.entries(openings ?? {}))
      of.push({
        name: `${id}: ${name}`,
        permission: action.permission,
        ask: (office) => office.act(`${id}/actions/${name}`, { ...typedFor(action, clinician), ...SENT[id] }),
      })
  }
  for (const { id, permission, actions } of PAGES) {
    of.push({ name: `page ${id}`, permission, ask: (office) => office.page(id) })
    for (const [name, action] of Object.entries(actions ?? {}))
      of.push({
        name: `page ${id}: ${name}`,
        permission: action.permission,
        ask: (office) => office.change(id, { action: name, ...typedFor(action, clinician), ...SENT[id] }),
      })
  }
  return of
}

/** Somebody of a role who may come in as well, so that it is the gates that answer. */
async function officeInside(role: string) {
  const user = await someone(role)
  const entering = await Permission.findByOrFail('name', 'back_office.enter')
  await db.table('user_permissions').insert({ user_id: user.id, permission_id: entering.id })
  return { office: await officeOf(user), may: (permission: string) => user.can(permission) }
}

const isForbidden = ({ status, body }: Answer) => status === 403 || body.problem === 'forbidden'

test.group('Every list, page and action of the back office', (group) => {
  let all: Door[] = []
  group.setup(async () => {
    await exampleWorld()
    const patient = await patientOf(await someone('doctor'))
    await requested(patient)
    SENT.erasures = { patient: patient.uuid }
    const { job } = await rewrapKeys(callerOf(), {})
    SENT.keys = { job: job.uuid }
    all = await doors(await officeOf(await someone('admin')))
    // Nobody runs what was started here, and what is said of rotations is of all of them.
    return async () => void (await db.from('jobs').where('kind', 'like', 'keys.%').delete())
  })

  for (const role of ROLES.slice(1))
    test(`is refused to whoever comes in with the role ${role} alone, and that is in the audit`, async ({ assert }) => {
      const { office, may } = await officeInside(role)
      const refused = all.filter(({ permission }) => !may(permission))
      assert.isAbove(refused.length, 10)
      for (const { name, ask } of refused) {
        const answer = await ask(office)
        assert.isTrue(isForbidden(answer), `${name}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
        const { outcome, details } = (await toldOf(answer)).at(-1)!
        assert.deepEqual([outcome, details.code], ['refused', 'forbidden'], name)
      }
    })

  test('is refused to nobody who has what its menu asks for', async ({ assert }) => {
    const office = await officeOf(await someone('admin'))
    for (const { name, ask } of all) {
      const answer = await ask(office)
      assert.isFalse(isForbidden(answer), `${name}: ${JSON.stringify(answer.body).slice(0, 300)}`)
      assert.isBelow(answer.status, 500, name)
    }
  }).timeout(60_000)
})
