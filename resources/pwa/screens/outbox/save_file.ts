import { exportUnsent } from '#pwa/device/outbox'

/** Has the browser put what is not sent into its downloads. */
export async function saveUnsent(mutationIds?: string[]): Promise<void> {
  saveFile(await exportUnsent(mutationIds))
}

export function saveFile(blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = `medinfo-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.json`
  link.click()
  // Some browsers read it only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
