import { signal } from '@preact/signals'

/** The address as somebody typed it last, so that they need not type it on the next screen again. */
export const typedEmail = signal('')
