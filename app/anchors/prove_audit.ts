import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { anchorAudit } from '#app/anchors/anchor_audit'
import { configuredAnchors } from '#app/anchors/configured_anchors'
import { isSealed, withSealingLease } from '#app/anchors/sealing_lease'
import { auditKeys } from '#app/audit/audit_keys'
import AuditPolicy from '#app/audit/audit_policy'
import { sealAudit } from '#app/audit/seal'
import { verifyAudit, type Verified, type VerifyOptions } from '#app/audit/verify_audit'
import type { Caller } from '#app/core/caller'
import { readCase } from '#app/core/read_case'

const nothing = vine.create({})

/** Seals what no server has sealed; null where one does it now. */
export const sealNow = readCase({
  name: 'audit.seal',
  input: nothing,
  find: () => null,
  policy: [AuditPolicy, 'prove'],
  run: () =>
    withSealingLease((lease) =>
      sealAudit(db.connection(), { anchors: configuredAnchors(), assertHeld: lease.assertIn.bind(lease) })
    ),
})

export const anchorNow = readCase({
  name: 'audit.anchor',
  input: nothing,
  find: () => null,
  policy: [AuditPolicy, 'prove'],
  run: () => anchorAudit(db.connection(), configuredAnchors()),
  details: (places) => ({ places: places.map(({ place, size, problem }) => ({ place, size, problem })) }),
})

interface Proof extends Verified {
  /** What an auditor checks signatures with, the newest last. */
  vkeys: string[]
}

/** Reads the whole audit, from the checkpoint of `from` rows on, and what the places outside have of it. */
export function verifyNow(
  caller: Caller,
  asked: { from?: number },
  onProgress?: VerifyOptions['onProgress']
): Promise<Proof> {
  const verify = readCase({
    name: 'audit.verify',
    input: vine.create({ from: vine.number().withoutDecimals().min(0).optional() }),
    find: () => null,
    policy: [AuditPolicy, 'prove'],
    async run({ client }, { from }) {
      const isSealing = await isSealed(client)
      const verified = await verifyAudit(client, { anchors: configuredAnchors(), from, isSealing, onProgress })
      const { verifiers } = await auditKeys(client)
      return { ...verified, vkeys: verifiers.map(({ vkey }) => vkey) }
    },
    details: ({ rows, size, count }: Proof) => ({ rows, size, findings: count, from: asked.from }),
  })
  return verify(caller, asked)
}
