import type { ListedErasure } from '#app/erasure/list_erasures'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

/** What is told of a request just made, approved or withdrawn. */
interface Told {
  request: { uuid: string; state: string; expiresAt: Date }
  patient: { uuid: string; mrn: string }
  approvals: number
  erased?: { keys: Buffer[]; records: number } | null
}

export function toldData({ request, patient, approvals, erased }: Told) {
  return {
    ...{ id: request.uuid, patient_id: patient.uuid, mrn: patient.mrn, state: request.state, approvals },
    expires_at: request.expiresAt.toISOString(),
    erased: erased ? { records: erased.records, keys: erased.keys.length } : null,
  }
}

/** Of what was only rehearsed nobody must read that it is done, nor take the id of a request that is not there. */
export function toldLine(done: 'requested' | 'approved' | 'withdrawn', told: Told, isRehearsed: boolean): string {
  const { request, patient, approvals, erased } = told
  const { mrn } = patient
  const texts = isRehearsed ? 'erasure.rehearsed' : 'erasure'
  if (erased) return text(`${texts}.erased`, { mrn, records: erased.records, keys: erased.keys.length })
  return text(`${texts}.${done}`, { id: request.uuid, mrn, approvals, until: moment(request.expiresAt) })
}

function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export function listedData(erasure: ListedErasure) {
  return {
    ...{ id: erasure.uuid, patient_id: erasure.patientUuid, mrn: erasure.mrn, state: erasure.state },
    ...{ ground: erasure.ground, reference: erasure.reference, requested_by: erasure.requestedBy },
    ...{ approvals: erasure.approvals, created_at: erasure.createdAt.toISOString() },
    ...{ expires_at: erasure.expiresAt.toISOString(), ended_at: erasure.endedAt?.toISOString() ?? null },
  }
}

export function listedLines(listed: ListedErasure[]): string[] {
  if (!listed.length) return [text('erasure.none')]
  const headings = ['id', 'mrn', 'state', 'approvals', 'ground', 'requested_by', 'until']
  const cells = listed.map(({ uuid, mrn, state, approvals, ground, requestedBy, expiresAt }) => [
    ...[uuid, mrn, text(state === 'withdrawn' ? 'erasure.withdrawn_state' : `erasure.${state}`), approvals],
    ...[text(`erasure.${ground}`), requestedBy, moment(expiresAt)],
  ])
  return tableLines(
    headings.map((column) => text(`columns.${column}`)),
    cells
  )
}
