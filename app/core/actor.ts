/** Who acts, as far as a policy needs to know. A `User` is one; so is the operator at the machine. */
export interface Actor {
  /** Null for the operator, who has no row in `users`. */
  readonly id: number | null
  readonly uuid: string | null
  readonly roleNames: readonly string[]
  /** True for a token that was given some abilities only: nothing opens to it that none of them names. */
  readonly isNarrowed?: boolean
  can(permission: string): boolean
}

/** Whoever runs the CLI on the server: reading the keyring and the database needs no permission of ours. */
export const OPERATOR: Actor = { id: null, uuid: null, roleNames: ['operator'], can: () => true }
