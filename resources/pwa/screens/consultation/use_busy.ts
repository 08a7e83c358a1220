import { useState } from 'preact/hooks'

/** Whether something is under way, so that a second tap does not do it twice. */
export function useBusy() {
  const [isBusy, setBusy] = useState(false)
  const during = async (work: () => void | Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    try {
      await work()
    } finally {
      setBusy(false)
    }
  }
  return [isBusy, during] as const
}
