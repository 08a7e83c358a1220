import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Entity, ProblemBody, RecordData } from '#app/sync/protocol'
import { chartOf, patients } from '#pwa/device/held'
import type { Chart, Held } from '#pwa/device/types'
import { askAll } from '#pwa/screens/patients/ask_page'
import { api, ask, can, type Answer } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'

interface OpenedChart {
  chart: Chart | null
  /** `read`: from the server, for somebody whose charts are not kept on the device. */
  from: 'device' | 'server' | 'nowhere'
  isReading: boolean
  problem: ProblemBody | null
}

/** The device's own chart as it changes; else, where there is a network, what the server lets its reader see. */
export function useOpenedChart(id: string): OpenedChart {
  const held = useMemo(() => chartOf(id), [id]).value
  const isHeld = patients.value.some((each) => each.id === id)
  const [read, setRead] = useState<{ id: string; answer: Answer<Chart> } | null>(null)
  const isAsked = !held && !isHeld && isOnline.value
  useEffect(() => {
    if (!isAsked) return
    let isCurrent = true
    void readChart(id).then((answer) => isCurrent && setRead({ id, answer }))
    return () => {
      isCurrent = false
    }
  }, [id, isAsked])
  const answer = read?.id === id ? read.answer : null
  if (held) return { chart: held, from: 'device', isReading: false, problem: null }
  return {
    chart: answer?.data ?? null,
    from: answer?.data ? 'server' : 'nowhere',
    isReading: isHeld || (isAsked && !answer),
    problem: answer?.problem ?? null,
  }
}

export async function readChart(id: string): Promise<Answer<Chart>> {
  const patient = await ask(api.GET('/api/v1/patients/{id}', { params: { path: { id } } }))
  if (patient.problem) return { problem: patient.problem }
  const chart = chartWith(held('patient', id, patient.data))
  if (!mayReadRecords()) return { data: chart }
  const params = (cursor?: string) => ({
    params: { path: { patient: id }, query: { limit: 100, include: 'addenda', cursor } },
  })
  const lists = await Promise.all([
    askAll((cursor) => api.GET('/api/v1/patients/{patient}/consultations', params(cursor) as never)),
    askAll((cursor) => api.GET('/api/v1/patients/{patient}/prescriptions', params(cursor) as never)),
    askAll((cursor) => api.GET('/api/v1/patients/{patient}/medical-records', params(cursor) as never)),
    askAll((cursor) => api.GET('/api/v1/patients/{patient}/lab-results', params(cursor) as never)),
  ])
  const refused = lists.find(({ problem }) => problem)
  if (refused?.problem) return { problem: refused.problem }
  const [consultations, prescriptions, records, labResults] = lists.map(({ data }) => (data ?? []) as RecordData[])
  const rows = (entity: Entity, list: RecordData[] = []) => list.map((data) => held(entity, id, data))
  const addenda = lists.flatMap(({ data }) => (data ?? []) as RecordData[]).flatMap(({ addenda: about }) => about ?? [])
  return {
    data: {
      ...chart,
      consultations: rows('consultation', consultations),
      prescriptions: rows('prescription', prescriptions),
      records: rows('medical_record', records),
      labResults: rows('lab_result', labResults),
      addenda: rows('addendum', addenda as RecordData[]),
    },
  }
}

/** The reception sees who somebody is and nothing of what is in the chart. */
export const mayReadRecords = () => can('charts.view') || can('charts.view_any')

const held = (entity: Entity, scope: string, data: RecordData): Held => ({
  ...{ entity, id: data.id, scope, data },
  standing: 'sent',
})

const chartWith = (patient: Held): Chart => ({
  patient,
  ...{ consultations: [], prescriptions: [], records: [], labResults: [], addenda: [] },
})
