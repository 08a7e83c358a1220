import db from '@adonisjs/lucid/services/db'
import Alert from '#app/alerts/alert'
import { breakGlass } from '#app/alerts/break_glass'
import { reviewAlert } from '#app/alerts/review_alert'
import { callerOf, someone } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

export const alerts: Part = async ({ people, values }) => {
  const alert = await someEmergency(values.stranger!)
  const reviewed = await someEmergency(values.stranger!)
  await reviewAlert(callerOf(), { id: reviewed.uuid })
  const ownAlert = await someEmergency(values.stranger!)
  // An administrator opens no chart in an emergency: this one was a doctor before.
  await db.from('alerts').where('id', ownAlert.id).update({ user_id: people.admin.id })
  return { alert: alert.uuid, reviewed: reviewed.uuid, ownAlert: ownAlert.uuid }
}

async function someEmergency(patient: string) {
  const reason = 'Arrivée inconsciente aux urgences'
  const { uuid } = await breakGlass(callerOf(await someone('doctor')), { patient_id: patient, reason })
  return Alert.findByOrFail('entityUuid', uuid)
}
