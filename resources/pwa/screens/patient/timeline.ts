import type { Chart, Held } from '#pwa/device/types'
import { dayOf } from '#pwa/screens/consultation/local_time'
import { resultMoment } from '#pwa/screens/lab/result_moment'
import { momentOf } from '#pwa/screens/patient/vitals'

export interface TimelineEntry {
  held: Held
  /** ISO 8601 */
  at: string
  /** Nobody told the hour. */
  isDayOnly: boolean
  /** What was written later about it, oldest first. */
  addenda: Held[]
}

/** When each kind counts in a chart, as the server's timeline has it. */
const INSTANT: Partial<Record<Held['entity'], (held: Held) => unknown>> = {
  consultation: ({ data }) => data.date,
  prescription: ({ data, writtenAt }) => data.prescribed_at ?? data.created_at ?? writtenAt,
  medical_record: momentOf,
  lab_result: ({ data }) => resultMoment(data).at || undefined,
}

/** All that a chart holds, the latest first. */
export function timelineOf(chart: Chart): TimelineEntry[] {
  const addenda = addendaByRecord(chart.addenda)
  return [...chart.consultations, ...chart.prescriptions, ...chart.records, ...chart.labResults]
    .map((held) => ({
      held,
      at: String(INSTANT[held.entity]?.(held) ?? held.writtenAt ?? ''),
      isDayOnly: held.entity === 'lab_result' && resultMoment(held.data).isDayOnly,
      addenda: addenda.get(held.id) ?? [],
    }))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at) || (one.held.id < other.held.id ? 1 : -1))
}

function addendaByRecord(addenda: Held[]): Map<string, Held[]> {
  const found = new Map<string, Held[]>()
  const written = ({ data, writtenAt }: Held) => String(data.created_at ?? writtenAt ?? '')
  for (const each of [...addenda].sort((one, other) => (written(one) < written(other) ? -1 : 1))) {
    const record = String(each.data.record_id)
    found.set(record, [...(found.get(record) ?? []), each])
  }
  return found
}

/** Neighbours of one local day together. */
export function byDay(entries: TimelineEntry[]): { day: string; entries: TimelineEntry[] }[] {
  const days: { day: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const day = dayOf(new Date(entry.at))
    if (days.at(-1)?.day === day) days.at(-1)!.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
