import { ShredRequestSchema } from '#database/schema'

/** How many others have to agree. */
export const APPROVALS = 2
export const OPEN_FOR_MS = 14 * 86_400_000

/** That somebody asks for a patient to be erased. */
export default class ErasureRequest extends ShredRequestSchema {
  static table = 'shred_requests'

  isOverAt(at: Date) {
    return this.state !== 'waiting' || this.expiresAt <= at
  }
}
