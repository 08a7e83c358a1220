import { useEffect, useState } from 'preact/hooks'
import type { Chart } from '#pwa/device/types'
import { activeAllergies } from '#pwa/screens/consultation/records_shown'

interface Medicine {
  text: string
  code: string | null
  codeSystem: string | null
}

const substanceOf = (text: string | undefined, code?: string | null, codeSystem?: string | null) => ({
  text: text ?? '',
  code: code ?? null,
  codeSystem: codeSystem ?? null,
})

/** The patient's active allergies that warn of this medicine, by the server's own rule; what they say. */
export function useAllergyWarnings(chart: Chart | null, { text, code, codeSystem }: Medicine): string[] {
  const [warnings, setWarnings] = useState<string[]>([])
  useEffect(() => {
    let isCurrent = true
    const allergies = text.trim() ? activeAllergies(chart) : []
    if (!allergies.length) {
      setWarnings([])
      return
    }
    void import('#app/allergies/allergy_match').then(({ isWarnedBy }) => {
      if (!isCurrent) return
      const medicine = { text, code, codeSystem }
      const met = allergies.filter((each) =>
        isWarnedBy(medicine, substanceOf(each.description, each.code, each.code_system))
      )
      setWarnings(met.map(({ description }) => description ?? ''))
    })
    return () => {
      isCurrent = false
    }
  }, [chart, text, code, codeSystem])
  return warnings
}
