import { EXAMPLE } from '#app/http/example_ids'

interface Entry {
  status: number
  /** Members besides those of RFC 9457, as an example shows them. */
  extra?: Record<string, unknown>
  /** Which rule of which field refuses, as an example shows it. */
  errors?: readonly { pointer: string; code: string }[]
}

/**
 * Every code that the API can answer. Texts (title, detail, remedy) are in `resources/lang/<locale>/problems.json`;
 * each code has its page at `/problems/<code>`.
 */
export const PROBLEMS = {
  ability_not_held: { status: 422, errors: [{ pointer: '/abilities/0', code: 'ability_not_held' }] },
  account_active: { status: 409 },
  account_has_chart: { status: 409 },
  account_without_address: { status: 422 },
  addendum_required: { status: 403 },
  allergy_conflict: {
    status: 409,
    errors: [{ pointer: '/medicine', code: 'allergy_conflict' }],
    extra: { allergies: [{ id: EXAMPLE.allergy }] },
  },
  already_assigned: { status: 409 },
  already_cancelled: { status: 409 },
  already_open: { status: 409 },
  already_retired: { status: 409 },
  already_reviewed: { status: 409 },
  already_validated: { status: 409 },
  audit_unavailable: { status: 503 },
  before_birth: { status: 422, errors: [{ pointer: '/date', code: 'before_birth' }] },
  born_after_death: { status: 422, errors: [{ pointer: '/deceased_at', code: 'born_after_death' }] },
  chart_has_account: { status: 409 },
  chart_not_linked: { status: 422 },
  code_invalid: { status: 422, errors: [{ pointer: '/code', code: 'code_invalid' }] },
  consultation_cancelled: { status: 422 },
  consultation_of_other_patient: {
    status: 422,
    errors: [{ pointer: '/consultation_id', code: 'consultation_of_other_patient' }],
  },
  content_of_other_type: {
    status: 422,
    errors: [{ pointer: '/content/lot_number', code: 'content_of_other_type' }],
  },
  csrf_token_invalid: { status: 403 },
  current_password_wrong: {
    status: 422,
    errors: [{ pointer: '/current_password', code: 'current_password_wrong' }],
  },
  cursor_expired: { status: 410 },
  database_unavailable: { status: 503 },
  device_ended: { status: 409 },
  device_required: { status: 403 },
  device_revoked: { status: 401 },
  device_sign_in_needed: { status: 401 },
  email_taken: { status: 409, errors: [{ pointer: '/email', code: 'email_taken' }] },
  ends_before_it_begins: { status: 422, errors: [{ pointer: '/ended_at', code: 'ends_before_it_begins' }] },
  enrolment_required: { status: 403 },
  epoch_changed: { status: 409, extra: { epoch: EXAMPLE.nothing, restored_to: '2026-03-02T02:00:00.000Z' } },
  factor_needed: { status: 422, errors: [{ pointer: '/password', code: 'factor_needed' }] },
  forbidden: { status: 403 },
  foreign_page: { status: 403 },
  https_required: { status: 403 },
  internal_error: { status: 500 },
  invalid: { status: 422, errors: [{ pointer: '/phnoe', code: 'unknown_field' }] },
  keys_unavailable: { status: 503 },
  last_administrator: { status: 422 },
  last_factor: { status: 422 },
  link_invalid: { status: 422, errors: [{ pointer: '/token', code: 'link_invalid' }] },
  malformed_body: { status: 400 },
  malformed_request: { status: 400 },
  method_not_allowed: { status: 405, extra: { allow: 'GET, HEAD' } },
  mrn_taken: { status: 409, errors: [{ pointer: '/mrn', code: 'mrn_taken' }] },
  mutation_id_reused: { status: 422 },
  national_id_taken: {
    status: 409,
    errors: [{ pointer: '/national_id', code: 'national_id_taken' }],
    extra: { patient_id: EXAMPLE.stranger },
  },
  national_id_taken_ask: { status: 409, errors: [{ pointer: '/national_id', code: 'national_id_taken' }] },
  no_account_linked: { status: 409 },
  no_factor: { status: 409 },
  no_generator: { status: 409 },
  not_a_clinician: { status: 422 },
  not_assigned: { status: 409 },
  not_found: { status: 404 },
  not_retired: { status: 409 },
  other_device: { status: 422, errors: [{ pointer: '/device_id', code: 'other_device' }] },
  own_alert: { status: 422 },
  passkey_invalid: { status: 422, errors: [{ pointer: '/credential', code: 'passkey_invalid' }] },
  passkeys_need_a_name: { status: 422, extra: { address: 'https://medinfo.example.org' } },
  password_wrong: { status: 422, errors: [{ pointer: '/password', code: 'password_wrong' }] },
  patient_erased: { status: 410 },
  patient_exists: { status: 409, errors: [{ pointer: '/id', code: 'patient_exists' }] },
  patient_retired: { status: 422, errors: [{ pointer: '/patient_id', code: 'patient_retired' }] },
  prescription_stopped: { status: 409 },
  protocol_unknown: {
    status: 422,
    errors: [{ pointer: '/protocol', code: 'protocol_unknown' }],
    extra: { protocol: 1 },
  },
  proxy_not_trusted: { status: 503 },
  record_exists: { status: 409, errors: [{ pointer: '/id', code: 'record_exists' }] },
  registration_closed: { status: 403 },
  result_in_future: { status: 422, errors: [{ pointer: '/result_date', code: 'result_in_future' }] },
  route_not_found: { status: 404 },
  second_factor_required: { status: 403 },
  session_over: { status: 401 },
  session_required: { status: 403 },
  sessions_unavailable: { status: 503 },
  stale_version: { status: 409, extra: { server_version: 3, client_version: 2 } },
  step_up_required: { status: 403 },
  token_invalid: { status: 401 },
  too_large: { status: 413 },
  too_many_mutations: {
    status: 422,
    errors: [{ pointer: '/mutations', code: 'too_many_mutations' }],
    extra: { most: 200 },
  },
  too_many_requests: { status: 429 },
  too_many_tries: { status: 429, extra: { retry_after: 30 } },
  two_credentials: { status: 400 },
  unauthenticated: { status: 401 },
  unit_without_value: { status: 422, errors: [{ pointer: '/unit', code: 'unit_without_value' }] },
  unknown_role: { status: 422, extra: { role: 'surgeon' } },
  unsupported_media_type: { status: 415 },
  user_disabled: { status: 422 },
  version_required: { status: 428 },
  wrong_credentials: { status: 401 },
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof PROBLEMS

export function problemEntry(code: string): Entry | undefined {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined
}
