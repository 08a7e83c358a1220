import { signal } from '@preact/signals'
import { chosen, keepChoice } from '#pwa/design/choices'
import { offerLanguages } from '#pwa/texts/language'
import { api, ask } from '#pwa/session/session'

interface Clinic {
  name: string
  /** Below the name, a line each. */
  lines: string[]
}

/** What stands at the head of what is printed; it is nobody's secret, so that it lies beside the encrypted store. */
export const clinic = signal<Clinic>(kept())

/** Asks for it while there is a network, so that it is there when there is none. */
export async function rememberClinic(): Promise<void> {
  const { data } = await ask(api.GET('/api/v1/public/info'))
  if (!data) return
  const { name, address, phone, header, languages } = data
  clinic.value = { name, lines: [...address, ...(phone ? [phone] : []), ...header] }
  keepChoice('clinic', JSON.stringify(clinic.value))
  offerLanguages(languages)
}

function kept(): Clinic {
  const text = chosen('clinic') ?? ''
  try {
    const { name, lines } = JSON.parse(text) as Clinic
    return { name, lines }
  } catch {
    // A former release kept the name alone.
    return { name: text, lines: [] }
  }
}
