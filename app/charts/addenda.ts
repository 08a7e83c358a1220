import { askForLateReview } from '#app/alerts/late_work'
import Addendum from '#app/charts/addendum'
import { toldAccess } from '#app/charts/chart_access'
import type { ChartKind, KeptRow } from '#app/charts/chart_kinds'
import { RecordExists } from '#app/charts/chart_problems'
import * as input from '#app/charts/chart_validator'
import type { InChart } from '#app/charts/find_in_chart'
import { refuseErased } from '#app/core/erased'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { useCase, type RunScope } from '#app/core/use_case'
import Patient from '#app/patients/patient'

interface Path {
  record_id: string
  consultation?: string
}

const OLDEST = { list: 'addenda', column: 'created_at', kind: 'instant', direction: 'asc' } as const

/** What others and the author add to one record: its list, for whoever may open the record, and one more of them. */
export function addendaTo<Row extends KeptRow>(kind: ChartKind<Row>) {
  const list = readCase({
    name: `${kind.domain}.list_addenda`,
    input: (kind.isInConsultation
      ? input.listAddendaInConsultationValidator
      : input.listAddendaValidator) as typeof input.listAddendaValidator,
    find: ({ record_id, consultation }: Path, { caller, client }) =>
      kind.find(record_id, { caller, client }, consultation),
    policy: kind.view,
    access: toldAccess(`${kind.domain}.list_addenda`),
    details: ({ rows }: Page<Addendum>) => ({ uuids: rows.map(({ uuid }) => uuid) }),
    run({ subject, client }, { limit, cursor }) {
      const { entity, entityUuid } = subject.auditIdentity()
      const query = Addendum.selected(Addendum.query({ client })).where({ entity_uuid: entityUuid, entity })
      return pageOf(query, 'addenda', OLDEST, { limit, cursor })
    },
  })
  const add = useCase({
    name: `${kind.domain}.add_addendum`,
    status: 201,
    input: (kind.isInConsultation
      ? input.addAddendumInConsultationValidator
      : input.addAddendumValidator) as typeof input.addAddendumValidator,
    find: ({ record_id, consultation }: Path, { caller, trx }) =>
      kind.find(record_id, { caller, client: trx }, consultation),
    policy: kind.write,
    run: (scope, { id, text }) => append(scope, { id, text }),
  })
  return { list, add }
}

/** At any time and to whatever state the record is in: it says more, and changes nothing of what was said. */
async function append<Row extends KeptRow>(
  scope: RunScope<Row & InChart>,
  { id, text }: { id?: string; text: string }
) {
  const { subject, caller, trx, save } = scope
  const { entity, entityUuid } = subject.auditIdentity()
  const authorId = caller.user.id
  // Locked, so that the chart is not erased between this and the end: what is added would stay behind.
  refuseErased(
    await Patient.query({ client: trx }).select('id', 'erased_at').where('id', subject.owner.id).forShare().first()
  )
  const told = { patientId: subject.owner.id, entity, entityUuid, authorId, text }
  const addendum = new Addendum().fill({ uuid: id ?? newUuid(), ...told })
  Object.assign(addendum.$extras, { patient_uuid: subject.owner.uuid, author_uuid: caller.user.uuid })
  try {
    await save(addendum)
  } catch (error) {
    throw isDuplicate(error, 'uuid') ? new RecordExists() : error
  }
  await askForLateReview(scope, subject.owner, addendum)
  return addendum
}
