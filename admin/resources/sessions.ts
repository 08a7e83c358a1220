import { browseSessions, openSessionRow } from '#app/sessions/browse_sessions'
import { endAnySession } from '#app/sessions/end_sessions'
import type { AdminResource } from '#admin/resource'

export const sessions: AdminResource = {
  id: 'sessions',
  group: 'people',
  icon: 'LogIn',
  permission: 'users.manage',
  title: 'person',
  properties: {
    person: { inList: true, isFilter: true },
    email: { isFilter: true },
    device: { inList: true },
    ip_address: { inList: true, isFilter: true },
    created_at: { type: 'datetime', inList: true, isSortable: true },
    last_seen_at: { type: 'datetime', inList: true, isSortable: true },
    expires_at: { type: 'datetime' },
    whose: { inList: true, values: ['own', 'other'] },
  },
  browse: browseSessions,
  open: openSessionRow,
  actions: {
    end: {
      gate: endAnySession,
      permission: 'users.manage',
      icon: 'LogOut',
      isDangerous: true,
      asksReason: true,
      endsRow: true,
      isFor: ({ whose }) => whose === 'other',
      input: (row) => ({ id: row!.id }),
    },
  },
}
