import type { LucidModel } from '@adonisjs/lucid/types/model'
import string from '@adonisjs/core/helpers/string'
import { test } from '@japa/runner'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'
import * as generated from '#database/schema'
import { schemaFacts } from '#tests/functional/database/schema_facts'

/** `table.column` → where it points and what becomes of it (docs/database.md). */
const FOREIGN_KEYS: Record<string, string> = {
  'access_tokens.tokenable_id': 'users CASCADE',
  'sessions.user_id': 'users CASCADE',
  'totp_secrets.user_id': 'users CASCADE',
  'recovery_codes.user_id': 'users CASCADE',
  'passkeys.user_id': 'users CASCADE',
  'challenges.user_id': 'users CASCADE',
  'account_links.user_id': 'users CASCADE',
  'mails.user_id': 'users CASCADE',
  'chart_codes.patient_id': 'patients CASCADE',
  'chart_codes.issued_by': 'users RESTRICT',
  'role_permissions.role_id': 'roles CASCADE',
  'role_permissions.permission_id': 'permissions CASCADE',
  'user_roles.user_id': 'users CASCADE',
  'user_roles.role_id': 'roles CASCADE',
  'user_permissions.user_id': 'users CASCADE',
  'user_permissions.permission_id': 'permissions CASCADE',
  'data_keys.master_key_id': 'master_keys RESTRICT',
  'patients.user_id': 'users SET NULL',
  'patients.merged_into_id': 'patients RESTRICT',
  'patient_names.patient_id': 'patients CASCADE',
  'doctor_patient.doctor_id': 'users RESTRICT',
  'doctor_patient.patient_id': 'patients CASCADE',
  'doctor_patient.assigned_by': 'users RESTRICT',
  'doctor_patient.ended_by': 'users RESTRICT',
  'consultations.patient_id': 'patients CASCADE',
  'consultations.doctor_id': 'users RESTRICT',
  'consultations.cancelled_by': 'users RESTRICT',
  'prescriptions.consultation_id': 'consultations CASCADE',
  'prescriptions.patient_id': 'patients CASCADE',
  'prescriptions.prescribed_by': 'users RESTRICT',
  'prescriptions.stopped_by': 'users RESTRICT',
  'medical_records.patient_id': 'patients CASCADE',
  'medical_records.doctor_id': 'users RESTRICT',
  'medical_records.consultation_id': 'consultations SET NULL',
  'lab_results.patient_id': 'patients CASCADE',
  'lab_results.consultation_id': 'consultations SET NULL',
  'lab_results.performed_by': 'users RESTRICT',
  'lab_results.validated_by': 'users RESTRICT',
  'addenda.patient_id': 'patients CASCADE',
  'addenda.author_id': 'users RESTRICT',
  'emergency_accesses.patient_id': 'patients CASCADE',
  'emergency_accesses.user_id': 'users RESTRICT',
  'alerts.user_id': 'users RESTRICT',
  'alerts.patient_id': 'patients CASCADE',
  'alerts.reviewed_by': 'users RESTRICT',
  'attachments.uploaded_by': 'users RESTRICT',
  'attachments.data_key_id': 'data_keys RESTRICT',
  'audit_logs.user_id': 'users RESTRICT',
  'sync_mutations.user_id': 'users CASCADE',
  'sync_devices.user_id': 'users CASCADE',
  'sync_devices.revoked_by': 'users RESTRICT',
  'record_versions.user_id': 'users RESTRICT',
  'import_runs.user_id': 'users RESTRICT',
  'jobs.requested_by': 'users RESTRICT',
  'audit_leaves.audit_id': 'audit_logs RESTRICT',
  'shred_requests.patient_id': 'patients RESTRICT',
  'shred_requests.requested_by': 'users RESTRICT',
  'shred_approvals.request_id': 'shred_requests RESTRICT',
  'shred_approvals.user_id': 'users RESTRICT',
  'import_links.run_id': 'import_runs RESTRICT',
  'import_notes.run_id': 'import_runs CASCADE',
}

/** Columns of clinical tables that stay readable, and why: docs/security says what each leaks. */
const CLEAR = {
  every: ['id', 'uuid', 'version', 'created_at', 'updated_at', 'status'],
  patients: [
    ...['user_id', 'mrn', 'family_name', 'given_name', 'sort_name', 'sex', 'dob', 'national_id_country'],
    ...['deceased_at', 'retired_at', 'erased_at', 'merged_into_id'],
  ],
  consultations: ['patient_id', 'doctor_id', 'date', 'follow_up_on', 'cancelled_at', 'cancelled_by'],
  prescriptions: ['patient_id', 'consultation_id', 'prescribed_at', 'prescribed_by', 'stopped_at', 'stopped_by'],
  medical_records: ['patient_id', 'doctor_id', 'consultation_id', 'type', 'occurred_at', 'ended_at', 'timeline_at'],
  lab_results: ['patient_id', 'consultation_id', 'performed_by', 'result_date', 'validated_at', 'validated_by'],
  addenda: ['patient_id', 'author_id', 'entity', 'entity_uuid'],
  emergency_accesses: ['patient_id', 'user_id', 'expires_at'],
}

/** Columns by which a list filters or sorts: each must begin an index. */
const SEARCHED: Record<string, string[]> = {
  users: ['uuid', 'email', 'name', 'created_at'],
  access_tokens: ['uuid', 'tokenable_id'],
  sessions: ['uuid', 'hash', 'user_id', 'expires_at'],
  passkeys: ['uuid', 'user_id', 'credential_hash'],
  challenges: ['uuid', 'expires_at'],
  account_links: ['hash', 'user_id', 'email'],
  mails: ['uuid', 'state'],
  chart_codes: ['patient_id'],
  patients: ['uuid', 'user_id', 'mrn', 'sort_name', 'dob', 'created_at', 'updated_at', 'retired_at', 'merged_into_id'],
  patient_names: ['token', 'sound', 'patient_id'],
  doctor_patient: ['uuid', 'doctor_id', 'patient_id'],
  consultations: ['uuid', 'patient_id', 'doctor_id', 'date', 'status'],
  prescriptions: ['uuid', 'consultation_id', 'patient_id', 'prescribed_by', 'status'],
  medical_records: ['uuid', 'patient_id', 'doctor_id', 'consultation_id'],
  lab_results: ['uuid', 'patient_id', 'consultation_id', 'performed_by', 'status'],
  addenda: ['uuid', 'patient_id', 'entity_uuid'],
  emergency_accesses: ['uuid', 'patient_id', 'user_id'],
  alerts: ['uuid', 'state', 'created_at'],
  attachments: ['uuid', 'path', 'model_type', 'state'],
  audit_logs: ['uid', 'created_at', 'user_id', 'patient_uuid', 'action', 'outcome', 'writer'],
  jobs: ['uuid', 'state', 'kind'],
  audit_leaves: ['leaf', 'audit_id'],
  shred_requests: ['uuid', 'patient_id'],
  sync_changes: ['seq', 'scope', 'at'],
  sync_mutations: ['user_id', 'at'],
  sync_devices: ['uuid', 'user_id', 'credential_hash'],
  record_versions: ['uuid', 'entity_uuid'],
  import_runs: ['uuid', 'started_at'],
  import_links: ['token', 'record_uuid'],
  import_notes: ['run_id'],
}

const { pascalCase, singular } = string
type Clinical = Exclude<keyof typeof ENCRYPTED_COLUMNS, 'totp_secrets'>
const CLINICAL = Object.keys(ENCRYPTED_COLUMNS).filter((table) => table !== 'totp_secrets') as Clinical[]

test.group('The tables', () => {
  test('point at one another as written, and at primary keys only', async ({ assert }) => {
    const facts = await schemaFacts()
    const found: Record<string, string> = {}
    for (const [table, { foreignKeys }] of Object.entries(facts)) {
      for (const { column, to, onDelete } of foreignKeys) {
        assert.match(to, /\.id$/)
        found[`${table}.${column}`] = `${to.split('.')[0]} ${onDelete.replace('NO ACTION', 'RESTRICT')}`
      }
    }
    assert.deepEqual(found, FOREIGN_KEYS)
  })

  test('never let the end of a user rewrite a chart or the audit', async ({ assert }) => {
    const facts = await schemaFacts()
    for (const [table, { foreignKeys, columns }] of Object.entries(facts)) {
      const isKept = table === 'audit_logs' || columns.some(({ name }) => name === 'version')
      const toUsers = foreignKeys.filter(({ to }) => to === 'users.id')
      for (const { column, onDelete } of isKept ? toUsers : []) {
        if (table === 'patients') continue
        assert.include(['RESTRICT', 'NO ACTION'], onDelete, `${table}.${column}`)
      }
    }
  })

  test('keep clinical text in binary columns, and name every column that stays readable', async ({ assert }) => {
    const facts = await schemaFacts()
    for (const table of CLINICAL) {
      const sealed = Object.keys(ENCRYPTED_COLUMNS[table])
      const clear = [...CLEAR.every, ...CLEAR[table]]
      for (const { name, type } of facts[table]!.columns) {
        const isSealed = sealed.includes(name)
        assert.isTrue(isSealed || clear.includes(name), `${table}.${name} is in neither list`)
        assert.isFalse(isSealed && clear.includes(name), `${table}.${name} is in both lists`)
        if (isSealed) assert.match(type, /^(medium)?blob$/i, `${table}.${name}`)
      }
      const names = facts[table]!.columns.map(({ name }) => name)
      assert.deepEqual(
        sealed.filter((name) => !names.includes(name)),
        []
      )
    }
  })

  test('seal copies of clinical text too', async ({ assert }) => {
    const body = (await schemaFacts()).record_versions!.columns.find(({ name }) => name === 'body')
    assert.match(body!.type, /blob$/i)
  })

  test('carry an identity and a version wherever a row leaves by any door', async ({ assert }) => {
    const facts = await schemaFacts()
    const leaving = [
      ...CLINICAL,
      'doctor_patient',
      'users',
      'roles',
      'permissions',
      'access_tokens',
      'import_runs',
      'attachments',
    ]
    for (const table of leaving) {
      const names = facts[table]!.columns.map(({ name }) => name)
      assert.includeMembers(names, ['uuid', 'created_at', 'updated_at'], table)
      assert.deepInclude(facts[table]!.unique, ['uuid'], table)
    }
    for (const table of [...CLINICAL, 'doctor_patient'])
      assert.isTrue(
        facts[table]!.columns.some(({ name, nullable }) => name === 'version' && !nullable),
        table
      )
  })

  test('have an index for every column that a list filters or sorts by', async ({ assert }) => {
    const facts = await schemaFacts()
    for (const [table, columns] of Object.entries(SEARCHED)) {
      const first = new Set(facts[table]!.indexes.map((index) => index[0]))
      assert.deepEqual(
        columns.filter((column) => !first.has(column)),
        [],
        table
      )
    }
    for (const column of ['sort_name', 'dob', 'created_at', 'updated_at'])
      assert.deepInclude(facts.patients!.indexes, [column, 'uuid'])
  })

  test('have an index for every foreign key', async ({ assert }) => {
    for (const [table, { foreignKeys, indexes }] of Object.entries(await schemaFacts())) {
      for (const { column } of foreignKeys)
        assert.isTrue(
          indexes.some((index) => index[0] === column),
          `${table}.${column}`
        )
    }
  })

  test('hold text in utf8mb4, or in ASCII where it is made here', async ({ assert }) => {
    for (const [table, { columns }] of Object.entries(await schemaFacts())) {
      if (table.startsWith('adonis_')) continue
      for (const { name, charset } of columns)
        assert.isTrue([null, 'utf8mb4', 'ascii'].includes(charset), `${table}.${name}`)
    }
  })
})

test.group('The generated models', () => {
  const models = Object.values(generated) as unknown as LucidModel[]

  test('have exactly the columns of their tables', async ({ assert }) => {
    const facts = await schemaFacts()
    const seen = new Set<string>()
    for (const model of models) {
      const table = Object.keys(facts).find((one) => `${pascalCase(singular(one))}Schema` === model.name)
      assert.exists(table, model.name)
      seen.add(table!)
      model.boot()
      const columns = [...model.$columnsDefinitions.values()].map(({ columnName }) => columnName)
      assert.sameMembers(
        columns,
        facts[table!]!.columns.map((column) => column.name),
        table
      )
    }
    const unknown = Object.keys(facts).filter((table) => !seen.has(table) && !table.startsWith('adonis_'))
    assert.deepEqual(unknown, [])
  })
})
