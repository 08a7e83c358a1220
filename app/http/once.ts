import type { HttpContext } from '@adonisjs/core/http'
import type { Caller } from '#app/core/caller'
import { callerFrom } from '#app/http/caller_from'
import { onceOnly } from '#app/sync/once_only'

/**
 * Runs a POST at most once for its Idempotency-Key, if it has one. `request` is what a repetition must repeat; `open`
 * reads the record again for a replay, so that it is authorised and audited like any other access.
 */
export async function once<T extends { uuid: string }>(
  ctx: HttpContext,
  request: [useCaseName: string, input: unknown],
  write: (caller: Caller) => Promise<T>,
  open: (caller: Caller, uuid: string) => Promise<T>
): Promise<T> {
  const key = ctx.request.header('idempotency-key')
  const { result, isReplay } = await onceOnly(callerFrom(ctx), key, request, write, open)
  if (isReplay) ctx.response.header('Idempotency-Replayed', 'true')
  return result
}
