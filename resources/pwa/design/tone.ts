import type { IconName } from '#pwa/design/icon'

export type Tone = 'info' | 'warning' | 'danger' | 'success'

/** Never the colour alone. */
export const TONES: Record<Tone, IconName> = { info: 'info', warning: 'warning', danger: 'danger', success: 'success' }
