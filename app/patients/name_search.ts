import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import type Patient from '#app/patients/patient'

type PatientQuery = ReturnType<typeof Patient.visibleTo>

// The last code point that a folded name can hold: `>= word` and `< word + it` is a prefix search that an index serves.
const AFTER_ALL = '\uffff'

/**
 * Keeps the patients of whom every word asked for begins a word of the name, or sounds like one. The longest word drives:
 * its two index ranges are united; the others are looked up in the few rows of each patient that it found.
 */
export function filterByName(query: PatientQuery, name: string) {
  const [driver, ...others] = wordsOf(name).sort((a, b) => b.length - a.length)
  if (!driver) {
    void query.whereRaw('1 = 0')
    return
  }
  const sound = nameSound(driver)
  void query.joinRaw(
    `join (select patient_id from patient_names where token >= ? and token < ?` +
      (sound ? ' union select patient_id from patient_names where sound = ?' : '') +
      ') as named on named.patient_id = patients.id',
    [driver, driver + AFTER_ALL, ...(sound ? [sound] : [])]
  )
  for (const word of others) {
    void query.whereRaw(
      `exists (select 1 from patient_names n where n.patient_id = patients.id and ((n.token >= ? and n.token < ?) or (n.sound <> '' and n.sound = ?)))`,
      [word, word + AFTER_ALL, nameSound(word)]
    )
  }
}

function wordsOf(name: string): string[] {
  const folded = foldName(name)
  return folded ? [...new Set(folded.split(' '))].slice(0, 5) : []
}

