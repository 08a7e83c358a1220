import { createHash } from 'node:crypto'
import { insertRows } from '#app/core/insert_rows'
import { type DecidedRow, type Decision, patientOf } from '#app/imports/decide_rows'
import { standsFor, type BatchScope } from '#app/imports/entity_importer'
import { IMPORTERS, importerOf } from '#app/imports/importers'
import { insertLinks, markSeen, MERGED, type NewLink, renewLink } from '#app/imports/links'
import { versionOf } from '#app/users/import_users'

/** Writes what was decided, with links and changes for devices. @returns a digest of what was written (SHA-256, hex) */
export async function writeRecords(decided: DecidedRow[], runId: number, scope: BatchScope): Promise<string> {
  const decisions = decided.flatMap((row) => row.decisions)
  for (const importer of IMPORTERS) {
    const created = decisions.filter(
      ({ record, outcome }) => record.entity === importer.entity && outcome === 'created'
    )
    const records = created.map(({ record }) => record)
    for (const record of records) record.patientUuid = patientOf(record)
    if (records.length) await importer.insert(records, scope)
  }
  for (const decision of decisions) if (decision.link) await bringUpToDate(decision, scope)
  await insertLinks(newLinks(decided, scope), runId, scope.trx)
  const met = decisions.filter(({ link }) => link).map(({ record }) => record.token)
  await markSeen(met, runId, scope.trx)
  await tellDevices(decisions, scope)
  return digestOf(decisions)
}

async function bringUpToDate(decision: Decision, scope: BatchScope) {
  const { record, link, outcome } = decision
  const { token, digest } = record
  if (outcome === 'merged' && !link!.digest.equals(digest)) return renewLink(token, digest, MERGED, scope.trx)
  if (outcome !== 'updated') return
  const version = await importerOf(record.entity).update(record, link!, scope)
  if (version === null) decision.outcome = 'kept'
  else {
    if (version === link!.version) decision.outcome = 'unchanged'
    await renewLink(token, digest, version, scope.trx)
  }
}

/** One link a new key, also for a row that was merged into a record that another key made. */
function newLinks(decided: DecidedRow[], { at }: BatchScope): NewLink[] {
  const links = new Map<string, NewLink>()
  for (const { row, decisions } of decided) {
    for (const { record, outcome, link } of decisions) {
      const token = record.token.toString('hex')
      if (link || links.has(token) || !['created', 'merged'].includes(outcome)) continue
      const { id, uuid } = standsFor(record)
      const first = record.entity === 'user' ? versionOf(at) : 1
      links.set(token, {
        token: record.token,
        entity: record.entity,
        record_id: id,
        record_uuid: uuid,
        record_version: outcome === 'merged' ? MERGED : first,
        digest: record.digest,
        file: row.file,
        line: row.line,
      })
    }
  }
  return [...links.values()]
}

/** Devices load a patient's chart anew: one change a patient, however many rows. */
async function tellDevices(decisions: Decision[], { trx, at }: BatchScope) {
  const written = decisions.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
  const patients = new Set(written.map(({ record }) => patientOf(record)).filter((uuid) => uuid !== null))
  await insertRows(
    trx,
    'sync_changes',
    [...patients].map((uuid) => ({ scope: uuid, entity: 'patient', entity_uuid: uuid, version: 1, op: 'reload', at }))
  )
}

function digestOf(decisions: Decision[]): string {
  const hash = createHash('sha256')
  for (const { record, outcome } of decisions) {
    if (outcome !== 'created' && outcome !== 'updated') continue
    hash.update(`${record.entity}|${standsFor(record).uuid}|`).update(record.digest)
  }
  return hash.digest('hex')
}
