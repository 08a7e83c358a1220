import db from '@adonisjs/lucid/services/db'
import { anchorAudit } from '#app/anchors/anchor_audit'
import { configuredAnchors } from '#app/anchors/configured_anchors'
import { withSealingLease } from '#app/anchors/sealing_lease'
import { sealAudit } from '#app/audit/seal'
import { monotonic } from '#app/core/clock'
import type { Lease } from '#app/jobs/lease'

const WINDOW_EVERY_MS = 5 * 60_000
const ALL_EVERY_MS = 60 * 60_000

/** When this process last looked that far back; it begins with everything. */
const looked = { window: -Infinity, all: -Infinity }

/** Done every two seconds by the server that holds the lease. */
export async function keepSealed(lease: Lease) {
  const at = monotonic()
  const isDue = { window: at - looked.window > WINDOW_EVERY_MS, all: at - looked.all > ALL_EVERY_MS }
  const look = isDue.all ? 'all' : isDue.window ? 'window' : 'minute'
  const assertHeld = lease.assertIn.bind(lease)
  await sealAudit(db.connection(), { look, anchors: configuredAnchors(), assertHeld })
  if (look !== 'minute') looked.window = at
  if (look === 'all') looked.all = at
}

/** Done once more before a server ends, unless another seals. Errors: those of `sealAudit`, and the signal's reason. */
export async function sealLast(end: AbortSignal) {
  await withSealingLease((lease) =>
    sealAudit(db.connection(), {
      look: 'minute',
      anchors: configuredAnchors(),
      async assertHeld(trx) {
        end.throwIfAborted()
        await lease.assertIn(trx)
      },
    })
  )
}

/** Done every ten minutes. Errors: the places that did not get it, with the reason; the log tells them. */
export async function keepAnchored() {
  const results = await anchorAudit(db.connection(), configuredAnchors())
  const failed = results.filter(({ problem }) => problem)
  if (failed.length) throw new Error(failed.map(({ place, problem }) => `${place}: ${problem}`).join(', '))
}
