import { signal } from '@preact/signals'
import { chosen, keepChoice } from '#pwa/design/choices'
import { api, ask } from '#pwa/session/session'

/** The name at the head of what is printed; it is nobody's secret, so that it lies beside the encrypted store. */
export const clinicName = signal(chosen('clinic') ?? '')

/** Asks for it while there is a network, so that it is there when there is none. */
export async function rememberClinic(): Promise<void> {
  const { data } = await ask(api.GET('/api/v1/public/info'))
  if (!data) return
  clinicName.value = data.name
  keepChoice('clinic', data.name)
}
