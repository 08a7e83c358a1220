import { UsageError } from '#cli/usage_error'
import { text } from '#cli/texts'

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const

/** '30m', '24h' or '90d' in seconds. Errors: UsageError. */
export function secondsOf(duration: string): number {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(duration) ?? []
  if (!amount) throw new UsageError(text('usage.duration', { value: duration }))
  return Number(amount) * SECONDS[unit as keyof typeof SECONDS]
}
