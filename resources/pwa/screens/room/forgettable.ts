import { computed } from '@preact/signals'
import { patients, today } from '#pwa/device/held'
import { outbox } from '#pwa/device/outbox'
import { isUnsent } from '#pwa/screens/outbox/describe_item'

/** Patients (ids) whom nobody sees today and about whom nothing is unsent: the server has all of it. */
export const forgettable = computed(() => {
  const kept = new Set([
    ...outbox.value.filter(isUnsent).map(({ scope }) => scope),
    ...today.value.map(({ patient }) => patient.id),
  ])
  return patients.value.map(({ id }) => id).filter((id) => !kept.has(id))
})
