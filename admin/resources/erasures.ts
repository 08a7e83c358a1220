import { approveErasure } from '#app/erasure/approve_erasure'
import { browseErasures, ERASURE_STATES, openErasureRow } from '#app/erasure/browse_erasures'
import { GROUNDS } from '#app/erasure/grounds'
import { requestErasure } from '#app/erasure/request_erasure'
import { withdrawErasure } from '#app/erasure/withdraw_erasure'
import type { AdminAction, AdminResource } from '#admin/resource'

const decide = (gate: AdminAction['gate'], icon: string): AdminAction => ({
  gate,
  permission: 'patients.erase',
  icon,
  isDangerous: true,
  asksReason: true,
  isFor: ({ state }) => state === 'waiting',
  input: (row) => ({ id: row!.id }),
})

export const erasures: AdminResource = {
  id: 'erasures',
  group: 'running',
  icon: 'UserMinus',
  permission: 'patients.erase',
  title: 'mrn',
  properties: {
    mrn: { inList: true, isFilter: true },
    state: { inList: true, isFilter: true, values: ERASURE_STATES },
    approvals: { type: 'number', inList: true },
    ground: { inList: true, isFilter: true, values: GROUNDS },
    requested_by: { inList: true },
    expires_at: { type: 'datetime', inList: true },
    reference: {},
    patient: {},
    created_at: { type: 'datetime' },
    ended_at: { type: 'datetime' },
  },
  browse: browseErasures,
  open: openErasureRow,
  openings: {
    request: {
      gate: requestErasure,
      permission: 'patients.erase',
      icon: 'UserMinus',
      isDangerous: true,
      asksReason: true,
      fields: {
        patient: { type: 'text', isRequired: true, most: 36 },
        ground: { type: 'choice', values: GROUNDS, isRequired: true },
        reference: { type: 'text', most: 64 },
      },
      input: (_, { patient, ground, reference }) => ({ patient, ground, ...(reference ? { reference } : {}) }),
    },
  },
  actions: { approve: decide(approveErasure, 'Check'), withdraw: decide(withdrawErasure, 'X') },
}
