import { Conflict } from '#app/core/problem'

/** Names the records of the allergies, which the caller may open: what they say stays in them. */
export class AllergyConflict extends Conflict {
  constructor(allergies: string[]) {
    super('allergy_conflict', {
      errors: [{ pointer: '/medicine', code: 'allergy_conflict' }],
      extra: { allergies: allergies.map((id) => ({ id })) },
    })
  }
}
