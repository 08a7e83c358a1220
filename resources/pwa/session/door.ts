import { computed } from '@preact/signals'
import { person, vault } from '#pwa/device/vault'
import { me, session, sessionStanding } from '#pwa/session/session'

/**
 * Where somebody stands before the app: what is not known yet; the device's store is locked; nobody is signed in; a
 * second factor is missing; staff whose device is not prepared; somebody else's session beside this device's store; in.
 */
export type Door = 'wait' | 'unlock' | 'sign_in' | 'prepare' | 'somebody_else' | 'inside'

export const door = computed<Door>(() => {
  if (vault.value === 'unknown') return 'wait'
  if (vault.value === 'locked') return 'unlock'
  if (vault.value === 'open') return isSomebodyElse() ? 'somebody_else' : 'inside'
  if (sessionStanding.value === 'asking') return 'wait'
  if (sessionStanding.value !== 'complete') return 'sign_in'
  if (!me.value) return 'wait'
  return isOnlyPatient.value ? 'inside' : 'prepare'
})

/** Whoever has no right but on their own chart keeps nothing on the device. */
export const isOnlyPatient = computed(() => me.value !== null && me.value.permissions.length === 0)

function isSomebodyElse(): boolean {
  return session.value?.state === 'complete' && person.value !== null && session.value.user_id !== person.value.id
}
