import type { KeptDraft } from '#pwa/device/draft_box'
import type { OutboxItem } from '#pwa/device/types'
import type { Draft } from '#pwa/screens/consultation/use_draft'

/** A draft of a patient whom this device does not hold, or holds no more: no screen leads to it but this one. */
export interface Begun {
  key: string
  kind: 'consultation' | 'prescription' | 'record' | 'labs'
  at: string
  patient: NonNullable<Draft<unknown>['patient']>
  value: unknown
  /** Where it goes on; null for the correction of a record that has gone. */
  href: string | null
}

/** By when they were written. @param held ids of the patients on this device */
export function begunOf(kept: KeptDraft[], held: ReadonlySet<string>): Begun[] {
  return kept
    .map(begunFrom)
    .filter((begun) => begun !== null)
    .filter(({ patient }) => !held.has(patient.id))
    .sort((one, other) => one.at.localeCompare(other.at))
}

/** Choices between two versions, of a conflict that is settled. */
export function settledAmong(kept: KeptDraft[], items: OutboxItem[]): string[] {
  const open = new Set(items.filter(({ state }) => state === 'conflict').map(({ mutationId }) => mutationId))
  return kept.map(({ key }) => key).filter((key) => key.startsWith('conflict:') && !open.has(key.split(':')[1]!))
}

function begunFrom({ key, value: kept }: KeptDraft): Begun | null {
  const { at, value, patient } = (kept ?? {}) as Partial<Draft<unknown>>
  const [kind, ...path] = key.split(':')
  if (!at || !patient || !isKind(kind)) return null
  return { key, kind, at, patient, value, href: path[0] === 'new' ? WAYS[kind](patient.id, path.slice(1)) : null }
}

const WAYS: Record<Begun['kind'], (patient: string, path: string[]) => string> = {
  consultation: (patient) => `/app/patients/${patient}/consultations/new`,
  prescription: (patient, [consultation]) => `/app/patients/${patient}/consultations/${consultation}/prescriptions/new`,
  record: (patient, [, type]) => `/app/patients/${patient}/records/new?type=${type}`,
  labs: (patient) => `/app/patients/${patient}/labs/new`,
}

const isKind = (kind: string | undefined): kind is Begun['kind'] => kind !== undefined && kind in WAYS
