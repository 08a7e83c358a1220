import env from '#start/env'

/** What an installation has that sets nothing; `.env.example` explains each. */
export const DEFAULT_LIMITS = {
  FAILED_REQUESTS_PER_MINUTE: 60,
  SIGN_IN_TRIES_PER_ACCOUNT: 10,
  SIGN_IN_TRIES_PER_ADDRESS: 100,
  SIGN_IN_TRIES_IN_ALL: 1000,
  MAIL_REQUESTS_PER_HOUR: 3,
} as const

export const limitOf = (name: keyof typeof DEFAULT_LIMITS): number => env.get(name, DEFAULT_LIMITS[name])
