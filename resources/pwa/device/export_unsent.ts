import type { MutationName } from '#app/sync/protocol'
import type { Charts } from '#pwa/device/charts'
import type { Core } from '#pwa/device/core'
import type { Queue } from '#pwa/device/queue'
import type { OutboxItem } from '#pwa/device/types'

// In both languages at once: whoever reads the file has another language than whoever wrote it, perhaps.
const ACTIONS: Record<MutationName, [fr: string, en: string]> = {
  'patients.register': ['Patient enregistré', 'Patient registered'],
  'patients.correct': ['Identité corrigée', 'Identity corrected'],
  'consultations.record': ['Consultation écrite', 'Consultation recorded'],
  'consultations.correct': ['Consultation corrigée', 'Consultation corrected'],
  'consultations.cancel': ['Consultation annulée', 'Consultation cancelled'],
  'consultations.add_addendum': ['Ajout à une consultation', 'Addendum to a consultation'],
  'prescriptions.prescribe': ['Prescription écrite', 'Medicine prescribed'],
  'prescriptions.amend': ['Prescription corrigée', 'Prescription amended'],
  'prescriptions.stop': ['Prescription arrêtée', 'Prescription stopped'],
  'prescriptions.add_addendum': ['Ajout à une prescription', 'Addendum to a prescription'],
  'records.add': ['Élément ajouté au dossier', 'Record added'],
  'records.amend': ['Élément du dossier corrigé', 'Record amended'],
  'records.add_addendum': ['Ajout à un élément du dossier', 'Addendum to a record'],
  'labs.enter': ['Résultat de laboratoire saisi', 'Laboratory result entered'],
  'labs.amend': ['Résultat de laboratoire corrigé', 'Laboratory result amended'],
  'labs.validate': ['Résultat de laboratoire validé', 'Laboratory result validated'],
  'labs.add_addendum': ['Ajout à un résultat de laboratoire', 'Addendum to a laboratory result'],
}

const STATES: Partial<Record<OutboxItem['state'], [fr: string, en: string]>> = {
  waiting: ['en attente d’envoi', 'waiting to be sent'],
  sending: ['en cours d’envoi', 'being sent'],
  refused: ['refusé par le serveur', 'refused by the server'],
  conflict: ['en conflit avec une autre saisie', 'in conflict with another entry'],
  deferred: ['attend une autre saisie', 'waits for another entry'],
  set_aside: ['mis de côté', 'set aside'],
}

const both = (label?: [string, string]) => (label ? { fr: label[0], en: label[1] } : null)

/** What was never acknowledged, so that somebody without this app can read it and type it in. */
export function exportUnsent(core: Core, queue: Queue, charts: Charts, mutationIds?: string[]): Blob {
  const items = queue.items.peek().filter(({ mutationId }) => !mutationIds || mutationIds.includes(mutationId))
  const known = new Map(charts.patients.peek().map((entry) => [entry.id, entry]))
  const told = items.map((item) => {
    const patient = known.get(item.scope)
    return {
      patient: patient
        ? {
            id: patient.id,
            mrn: patient.mrn,
            family_name: patient.familyName,
            given_name: patient.givenName,
            dob: patient.dob,
          }
        : { id: item.scope },
      action: both(ACTIONS[item.name]),
      state: both(STATES[item.state]),
      written_at: item.writtenAt,
      data: item.data,
      ...(item.base && { before: item.base }),
      ...(item.lost && { lost: item.lost }),
      ...(item.problem && { refusal: item.problem }),
      ...(item.theirs && { server: item.theirs }),
      mutation: { id: item.mutationId, name: item.name, record: item.recordId, depends_on: item.dependsOn },
    }
  })
  const person = core.person.peek()
  const file = {
    title: both(['MedInfo : saisies non envoyées', 'MedInfo: entries that were not sent']),
    written_by: person && { id: person.id, name: person.name, email: person.email },
    exported_at: new Date(core.around.clock.now()).toISOString(),
    entries: told,
  }
  return new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' })
}
