/** Who acts, as far as a policy needs to know. A `User` is one; so is the operator at the machine. */
export interface Actor {
  /** Null for the operator, who has no row in `users`. */
  readonly id: number | null
  readonly uuid: string | null
  readonly roleNames: readonly string[]
  /** How they signed in, where they did: a token and the operator have none. */
  readonly signIn?: SignIn
  /** True for a token that was given some abilities only: nothing opens to it that none of them names. */
  readonly isNarrowed?: boolean
  /** True for a device's new record: it was written while its author may still have treated the patient. */
  readonly addsLate?: boolean
  can(permission: string): boolean
}

/** What a session's person has proven, for what asks for more than a known user. */
export interface SignIn {
  sessionUuid: string
  /** When they last proved the strongest factor that they have; null until then. */
  confirmedAt: Date | null
  /** What is missing before anything but the own account opens: the second factor, or that they choose one at all. */
  missing: 'second_factor' | 'enrolment' | null
}

/** Whoever runs the CLI on the server: reading the keyring and the database needs no permission of ours. */
export const OPERATOR: Actor = { id: null, uuid: null, roleNames: ['operator'], can: () => true }

/** Somebody of whom nothing is known yet. */
export const NOBODY: Actor = { id: null, uuid: null, roleNames: [], can: () => false }
