import type { Person } from '#pwa/device/types'
import type { Begun } from '#pwa/screens/outbox/begun'

// In both languages at once, as what is exported of unsent writes.
const ACTIONS: Record<Begun['kind'], { fr: string; en: string }> = {
  consultation: { fr: 'Consultation commencée', en: 'Consultation begun' },
  prescription: { fr: 'Prescription commencée', en: 'Prescription begun' },
  record: { fr: 'Élément du dossier commencé', en: 'Record begun' },
  labs: { fr: 'Résultats de laboratoire commencés', en: 'Laboratory results begun' },
}

/** What was begun and not saved, as JSON that somebody without this app can read and type in. */
export function begunFile(begun: Begun[], person: Person | null): Blob {
  const entries = begun.map(({ kind, at, patient, value }) => ({
    patient: {
      id: patient.id,
      mrn: patient.mrn,
      family_name: patient.familyName,
      given_name: patient.givenName,
      dob: patient.dob,
    },
    action: ACTIONS[kind],
    state: { fr: 'brouillon, jamais enregistré', en: 'draft, never saved' },
    written_at: at,
    data: value,
  }))
  const file = {
    title: { fr: 'MedInfo\u00a0: brouillons', en: 'MedInfo: drafts' },
    written_by: person && { id: person.id, name: person.name, email: person.email },
    exported_at: new Date().toISOString(),
    entries,
  }
  return new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' })
}
