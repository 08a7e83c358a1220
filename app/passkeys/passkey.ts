import { createHash } from 'node:crypto'
import type { AuditIdentity } from '#app/core/clinical_row'
import { PasskeySchema } from '#database/schema'

/** A key pair of somebody's device, phone or security key, of which we have the public half. */
export default class Passkey extends PasskeySchema {
  /** How the browser may reach the device, as it said itself. */
  get transportNames(): string[] {
    return this.transports ? this.transports.split(',') : []
  }

  auditIdentity(): AuditIdentity {
    return { entity: 'passkey', entityUuid: this.uuid, patientUuid: null }
  }
}

/** By which a credential is found: its id has up to 1,023 bytes, too many for an index. */
export function hashOfCredentialId(id: string): string {
  return createHash('sha256').update(Buffer.from(id, 'base64url')).digest('hex')
}
