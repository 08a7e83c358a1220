import type { AuditIdentity } from '#app/core/clinical_row'
import { JobSchema } from '#database/schema'

/** What waits or runs; a job that runs and whose lease has ended is as good as waiting. */
export const OPEN_STATES = ['waiting', 'running'] as const
export const JOB_STATES = [...OPEN_STATES, 'done', 'failed'] as const

/** waiting → running → done, or waiting again, or failed. */
export default class Job extends JobSchema {
  static table = 'jobs'

  auditIdentity(): AuditIdentity {
    return { entity: 'job', entityUuid: this.uuid, patientUuid: null }
  }
}
