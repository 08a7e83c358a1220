import { signal } from '@preact/signals'

/** Who waits to be told whether the person has confirmed; null while nobody does. The dialog is screens/account's. */
export const waitingForPerson = signal<{ answer: (isConfirmed: boolean) => void } | null>(null)

/** Asks the person to confirm who they are; false when they would rather not. */
export function confirmPerson(): Promise<boolean> {
  waitingForPerson.value?.answer(false)
  return new Promise((resolve) => {
    waitingForPerson.value = {
      answer: (isConfirmed) => {
        waitingForPerson.value = null
        resolve(isConfirmed)
      },
    }
  })
}
