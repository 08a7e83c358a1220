import type { ReadonlySignal } from '@preact/signals'
import type { Entity } from '#app/sync/protocol'
import { store } from '#pwa/device/browser_store'
import type { Likeness } from '#pwa/device/patient_index'
import type { Chart, Held, PatientEntry, TodayItem, UnreadableChart } from '#pwa/device/types'
import type { FormerVersion } from '#pwa/device/writing'

export type { Likeness } from '#pwa/device/patient_index'
export type { FormerVersion } from '#pwa/device/writing'

/** By name. */
export const patients: ReadonlySignal<PatientEntry[]> = store.charts.patients
/** By the hour. */
export const today: ReadonlySignal<TodayItem[]> = store.charts.today

/** Charts that the server cannot read: what is here of them may be old. */
export const unreadableCharts: ReadonlySignal<UnreadableChart[]> = store.unreadable

export function findPatients(text: string, limit = 50): PatientEntry[] {
  return store.charts.find(text, limit)
}

export function likelyDuplicates(of: Likeness): PatientEntry[] {
  return store.charts.like(of)
}

/** Follows the chart as it changes; null when the device does not hold it, and until it is read. */
export function chartOf(id: string): ReadonlySignal<Chart | null> {
  return store.charts.chart(id)
}

export function recordOf(entity: Entity, id: string): Promise<Held | null> {
  return store.record(entity, id)
}

/** The losing sides of this device's conflicts, the oldest first. */
export function formerVersions(id: string): Promise<FormerVersion[]> {
  return store.writing.formerVersions(id)
}
