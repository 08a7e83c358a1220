import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Entity } from '#app/sync/protocol'
import type { Chart, Held, PatientEntry, TodayItem } from '#pwa/device/types'

export interface Likeness {
  family_name: string
  given_name: string
  dob: string
  national_id?: string | null
  phone?: string | null
}

/** A losing side of a conflict, as this device keeps it. */
export interface FormerVersion {
  at: string
  by: 'mine' | 'theirs'
  data: Record<string, unknown>
}

export const patients: ReadonlySignal<PatientEntry[]> = signal<PatientEntry[]>([])
export const today: ReadonlySignal<TodayItem[]> = signal<TodayItem[]>([])

export function findPatients(_text: string, _limit = 50): PatientEntry[] {
  return []
}

export function likelyDuplicates(_of: Likeness): PatientEntry[] {
  return []
}

/** Follows the chart as it changes; null when the device does not hold it. */
export function chartOf(_id: string): ReadonlySignal<Chart | null> {
  return computed(() => null)
}

export async function recordOf(_entity: Entity, _id: string): Promise<Held | null> {
  return null
}

export async function formerVersions(_id: string): Promise<FormerVersion[]> {
  return []
}
