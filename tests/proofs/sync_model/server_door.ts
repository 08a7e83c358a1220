import { Problem } from '#app/core/problem'
import { problemBody } from '#app/http/problem_body'
import { FieldUnreadable } from '#app/keys/field_crypto'
import { applyMutation } from '#app/sync/apply_mutation'
import { beginLoad, CHARTS_AT_ONCE, loadCharts } from '#app/sync/bootstrap'
import type { BootstrapLine, ProblemBody, SyncAnswer, SyncRequest } from '#app/sync/protocol'
import { pull, refuseOutdated } from '#app/sync/pull'
import { push, readCall } from '#app/sync/push'
import { answerData } from '#app/sync/sync_answer_transformer'
import { bootstrapLines } from '#app/sync/sync_transformer'
import type { DeviceUser } from '#app/sync/verify_device'
import type User from '#app/users/user'
import { LoadRefused, type LoadQuery, type Transport } from '#pwa/sync/transport'
import { callerOf } from '#tests/acting'

const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** What stands behind the server's routes for devices, for one user’s device. */
export function serverDoor(user: User, deviceId: string): Transport {
  const caller = () => ({ ...callerOf(user), via: 'sync' as const })
  const say = (error: unknown): ProblemBody => {
    // A bug of the server's is one of the proof's; a record that the proof has damaged is none.
    if (!(error instanceof Problem) && !isOfVine(error) && !(error instanceof FieldUnreadable)) throw error
    return { ...problemBody(error, 'en') }
  }
  return {
    async exchange(request: SyncRequest): Promise<SyncAnswer | ProblemBody> {
      try {
        const call = await readCall(asJson(request), { device: { uuid: deviceId } } as DeviceUser)
        await refuseOutdated(caller(), call)
        const results = await push(caller(), call.mutations, { apply: applyMutation, say })
        return asJson(answerData(results, await pull(caller(), call)))
      } catch (error) {
        return say(error)
      }
    },
    async *load({ after, patients, today }: LoadQuery): AsyncIterable<BootstrapLine> {
      const query = {
        ...(after && { after }),
        ...(patients && { patients: patients.join(',') }),
        ...(today && { today_from: today.from, today_to: today.to }),
      }
      const load = await beginLoad(caller(), query).catch((error: unknown) => {
        throw new LoadRefused(say(error))
      })
      yield asJson(bootstrapLines.begin(load))
      for (let from = 0; from < load.patients.length; from += CHARTS_AT_ONCE) {
        const charts = await loadCharts(caller(), { patients: load.patients.slice(from, from + CHARTS_AT_ONCE) })
        for (const chart of charts) yield asJson(bootstrapLines.chart(chart))
      }
      yield bootstrapLines.end()
    },
  }
}

const isOfVine = (error: unknown) => (error as { code?: string }).code === 'E_VALIDATION_ERROR'
