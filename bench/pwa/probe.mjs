// In the page: the app's own store, with as many patients as one wants.
import { store } from '#pwa/device/browser_store'
import { findPatients, patients } from '#pwa/device/held'
import { createVault, lock, unlock } from '#pwa/device/vault'

const PASSPHRASE = 'baobab lune sept tambours'
const AT_ONCE = 100
const nobody = { id: 'me', name: '', email: null, roles: [], permissions: [], language: 'fr' }
const nothing = { deviceId: 'device', credential: '', expiresAt: '' }

/** Puts them where a load would, sealed, and locks. */
export async function fill(people) {
  await createVault(PASSPHRASE, nobody, nothing)
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const charts = people.slice(from, from + AT_ONCE).map((patient) => ({ patient, records: [] }))
    await store.loads.charts(charts, { load: 1, isFull: false })
  }
  lock()
}

/** @returns milliseconds until all of them can be found */
export async function open() {
  const begun = performance.now()
  await unlock(PASSPHRASE)
  const taken = performance.now() - begun
  return { patients: patients.value.length, taken }
}

/** @returns milliseconds of each search, and how many it found */
export function search(texts) {
  return texts.map((text) => {
    const begun = performance.now()
    const found = findPatients(text).length
    return { text, found, taken: performance.now() - begun }
  })
}
