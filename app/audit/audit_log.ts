import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { AuditLogSchema } from '#database/schema'

interface Details extends Record<string, unknown> {
  via?: string
  access?: string
}

const TOLD = ['uid', 'created_at', 'user_id', 'role', 'action', 'entity', 'entity_uuid', 'patient_uuid', 'outcome']
const ASKED = ['http_status', 'ip_address', 'user_agent', 'request_id', 'details']

/** One entry of the audit, to be read. It is written by `record.ts` and by nothing else. */
export default class AuditLog extends AuditLogSchema {
  static table = 'audit_logs'

  get userUuid(): string | null {
    return this.$extras.user_uuid ?? null
  }

  get userName(): string | null {
    return this.$extras.user_name ?? null
  }

  /** The door, by what right a chart was open, and ids and names of fields. */
  get told(): Details {
    return this.details ? (JSON.parse(this.details) as Details) : {}
  }

  /** Entries with who it was, without a query for each. */
  static named(query: ModelQueryBuilderContract<typeof AuditLog>) {
    const ofUser = (column: string) => `(select u.${column} from users u where u.id = audit_logs.user_id)`
    return query
      .select(...[...TOLD, ...ASKED].map((column) => `audit_logs.${column}`))
      .select(query.client.raw(`${ofUser('uuid')} as user_uuid`) as never)
      .select(query.client.raw(`${ofUser('name')} as user_name`) as never)
  }
}
