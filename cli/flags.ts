import { boolean, integer, string } from '@oclif/core/flags'
import { text } from '#cli/texts'

/** oclif's flags without the rest of oclif. */
export const Flags = { boolean, integer, string }

/** For every command that writes. */
export const dryRunFlag = () => boolean({ description: text('flags.dry_run'), default: false })

export const limitFlag = () =>
  integer({ description: text('flags.limit'), helpValue: text('values.number'), min: 1, max: 100, default: 25 })

export const cursorFlag = () => string({ description: text('flags.cursor'), helpValue: text('values.cursor') })
