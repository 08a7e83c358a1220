import type { Entity, MutationName } from '#app/sync/protocol'

type Values = Record<string, unknown>

/** Nothing of it is corrected any more, by anybody: a cancelled consultation, a stopped medicine. */
export function hasEnded(entity: Entity, { status }: Values): boolean {
  return (entity === 'consultation' && status === 'cancelled') || (entity === 'prescription' && status === 'stopped')
}

/** The laboratory stands by it: its state is no longer anybody's choice. */
export function isReleased(entity: Entity, { status }: Values): boolean {
  return entity === 'lab_result' && (status === 'final' || status === 'amended')
}

/** Somebody else did the same before. */
export function isDoneAlready(name: MutationName, data: Values): boolean {
  if (name === 'consultations.cancel') return hasEnded('consultation', data)
  if (name === 'prescriptions.stop') return data.status !== 'active'
  return name === 'labs.validate' && isReleased('lab_result', data)
}
