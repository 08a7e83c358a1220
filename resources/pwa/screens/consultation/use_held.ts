import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Entity } from '#app/sync/protocol'
import { chartOf, patients, recordOf } from '#pwa/device/held'
import { outbox } from '#pwa/device/outbox'
import type { Chart, Held } from '#pwa/device/types'
import { readChart } from '#pwa/screens/patient/open_chart'
import { can } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'

/**
 * The device's chart as it changes. In an emergency the patient's chart is not kept on the device: then it is the
 * server's, for whoever may read charts, so that allergies are in sight there too.
 */
export function useChart(patientId: string): Chart | null {
  const found = useChartFound(patientId)
  return found === 'looking' ? null : found
}

/** The same, with whether it is still being read: what is not read yet is not empty. */
export function useChartFound(patientId: string): Chart | null | 'looking' {
  const held = useMemo(() => chartOf(patientId), [patientId]).value
  const [read, setRead] = useState<Chart | null | 'looking'>('looking')
  const isHeld = patients.value.some(({ id }) => id === patientId)
  const isAsked = !held && !isHeld && isOnline.value && can('charts.view')
  const unsent = outbox.value.filter(({ scope }) => scope === patientId).length
  useEffect(() => setRead('looking'), [patientId])
  useEffect(() => {
    if (!isAsked) return
    let isCurrent = true
    void readChart(patientId).then(({ data }) => isCurrent && setRead(data ?? null))
    return () => {
      isCurrent = false
    }
    // Once something is sent, the server has it too.
  }, [patientId, isAsked, unsent])
  return held ?? (isAsked ? read : isHeld ? 'looking' : null)
}

const LISTS = {
  consultation: 'consultations',
  prescription: 'prescriptions',
  medical_record: 'records',
  lab_result: 'labResults',
  addendum: 'addenda',
} as const satisfies Partial<Record<Entity, keyof Chart>>

/** One record of a chart as it changes; a patient whose chart is not held here may have records that wait for sending. */
export function useHeld(entity: keyof typeof LISTS, id: string, chart: Chart | null): Held | null | 'looking' {
  const inChart = chart?.[LISTS[entity]].find((each) => each.id === id)
  const [alone, setAlone] = useState<Held | null | 'looking'>('looking')
  const writes = outbox.value
  useEffect(() => {
    let isCurrent = true
    void recordOf(entity, id).then((found) => isCurrent && setAlone(found))
    return () => {
      isCurrent = false
    }
  }, [entity, id, writes, chart])
  return inChart ?? alone
}
