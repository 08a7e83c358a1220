import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { AuditIdentity } from '#app/core/clinical_row'
import { now, toSqlInstant } from '#app/core/clock'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import LinkPolicy from '#app/links/link_policy'
import { AccountHasChart, ChartNotLinked } from '#app/links/link_problems'
import { linkChartValidator } from '#app/links/link_validator'
import { tryChartCode } from '#app/links/try_chart_code'
import Patient from '#app/patients/patient'
import { limitTries } from '#app/throttles/limit_tries'

/** An account and the chart that it opens; no account once they are apart. */
export interface ChartLink {
  patientUuid: string
  userUuid: string | null
  auditIdentity(): AuditIdentity
}

export function linkOf(patient: Patient, userUuid: string | null): ChartLink {
  return { patientUuid: patient.uuid, userUuid, auditIdentity: () => patient.auditIdentity() }
}

/**
 * Opens the caller's own chart to them: by national id, date of birth and the code from the desk, all of one patient. An
 * address that is the same proves nothing. Errors: ChartNotLinked, AccountHasChart, TooManyTries.
 */
export const linkOwnChart = useCase({
  name: 'links.link_own_chart',
  status: 201,
  input: linkChartValidator,
  async prepare(input, { caller, meet }) {
    const { user, ip } = caller
    if (await hasChart(user.id, db.connection())) throw new AccountHasChart()
    return limitTries('chart_code', { account: user.uuid, ip }, async () => {
      const matched = await tryChartCode(input, caller, meet)
      if (!matched) throw new ChartNotLinked()
      return matched
    })
  },
  find: (_, { caller, trx, prepared }) =>
    Patient.seenBy(caller.user, trx).where('patients.id', prepared.patientId).forUpdate().firstOrFail(),
  policy: [LinkPolicy, 'linkOwn'],
  async run({ subject: patient, caller: { user }, trx, prepared, save }, { dob }) {
    const isFree = patient.userId === null && !patient.isRetired && patient.mergedIntoId === null
    if (!isFree || patient.dob !== dob || !(await useUp(prepared.codeId, trx))) throw new ChartNotLinked()
    try {
      await save(patient.merge({ userId: user.id }))
    } catch (error) {
      throw isDuplicate(error, 'user_id') ? new AccountHasChart() : error
    }
    return linkOf(patient, user.uuid)
  },
})

async function hasChart(userId: number | null, client: QueryClientContract): Promise<boolean> {
  const row = await client
    .from('patients')
    .select('id')
    .where('user_id', userId ?? 0)
    .first()
  return Boolean(row)
}

/** Of two requests at the same moment one gets it. */
async function useUp(codeId: number, trx: QueryClientContract): Promise<boolean> {
  const at = toSqlInstant(now())
  const used = await trx
    .from('chart_codes')
    .where('id', codeId)
    .whereNull('used_at')
    .where('expires_at', '>', at)
    .update({ used_at: at, updated_at: at })
  return Number(used) === 1
}
