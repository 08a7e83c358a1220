import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { beginLoad } from '#app/sync/bootstrap'
import { deviceShape, newDeviceShape } from '#app/sync/device_transformer'
import { enrolDevice } from '#app/sync/enrol_device'
import { listDevicesOf, listOwnDevices } from '#app/sync/find_devices'
import { PROTOCOL } from '#app/sync/protocol'
import { SYNC_CALL } from '#app/sync/push'
import { revokeDeviceOf, revokeOwnDevice } from '#app/sync/revoke_device'
import { syncAnswerShape } from '#app/sync/sync_answer_transformer'
import { bootstrapLineShape } from '#app/sync/sync_transformer'

/** A consultation held where there was no network. */
const HELD = {
  mutation_id: '01980a3e-5f00-7000-8000-0000000000a5',
  client_seq: 17,
  name: 'consultations.record',
  client_generated_uuid: EXAMPLE.newConsultation,
  base_version: null,
  base: null,
  data: { patient_id: EXAMPLE.patient, date: '2025-07-14T09:30:00Z', reason: 'Fièvre depuis deux jours' },
  depends_on: [],
  client_updated_at: '2025-07-14T09:52:10Z',
}

const CALL = { protocol: PROTOCOL, device_id: EXAMPLE.device, epoch: null, cursor: null, mutations: [HELD] }

export const syncOperations: Operations = {
  'devices.index': {
    gate: listOwnDevices,
    admits: 'session',
    answer: { many: deviceShape },
    as: 'doctor',
    example: {},
  },
  'devices.store': {
    gate: enrolDevice,
    admits: 'session',
    answer: { one: newDeviceShape },
    as: 'doctor',
    example: { body: { name: 'Téléphone du poste de Ndande' } },
    problems: { device_ended: { body: { id: EXAMPLE.endedDevice, name: 'Téléphone retrouvé' } } },
    alsoRefused: ['not_found'],
  },
  'devices.destroy': {
    gate: revokeOwnDevice,
    admits: 'session',
    answer: { one: deviceShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.device } },
  },
  'user_devices.index': {
    gate: listDevicesOf,
    admits: 'session',
    answer: { many: deviceShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.doctor } },
  },
  'user_devices.destroy': {
    gate: revokeDeviceOf,
    admits: 'session',
    answer: { one: deviceShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.doctor, id: EXAMPLE.device } },
  },
  'sync.store': {
    gate: SYNC_CALL,
    admits: 'device',
    answer: { bare: syncAnswerShape },
    mirrors: [403, 404, 409, 410, 422, 424, 429, 500, 503],
    as: 'doctor',
    example: { body: CALL },
    problems: {
      protocol_unknown: { body: { ...CALL, protocol: 2 } },
      other_device: { body: { ...CALL, device_id: EXAMPLE.endedDevice } },
    },
    alsoRefused: ['too_many_mutations', 'epoch_changed', 'cursor_expired'],
  },
  'sync.bootstrap': {
    gate: beginLoad,
    admits: 'device',
    answer: { lines: bootstrapLineShape },
    as: 'doctor',
    example: { query: { patients: EXAMPLE.patient } },
  },
}
