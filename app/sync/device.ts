import { createHash, randomBytes } from 'node:crypto'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { AuditIdentity } from '#app/core/clinical_row'
import User from '#app/users/user'
import { SyncDeviceSchema } from '#database/schema'

/** A telephone or computer that keeps charts, and what it may show in its owner's place. The row outlives its end. */
export default class Device extends SyncDeviceSchema {
  static table = 'sync_devices'

  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>

  get isRevoked() {
    return this.revokedAt !== null && this.revokedAt !== undefined
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'device', entityUuid: this.uuid, patientUuid: null }
  }
}

/** What a device shows with each call: 256 random bits. It is in the answer that makes it and nowhere else. */
export function newCredential(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database knows of it: SHA-256, hexadecimal. */
export function hashOfCredential(credential: string): string {
  return createHash('sha256').update(credential).digest('hex')
}
