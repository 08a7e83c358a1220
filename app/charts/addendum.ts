import { compose } from '@adonisjs/core/helpers'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { uuidOf } from '#app/charts/find_in_chart'
import { chartRow } from '#app/core/chart_row'
import type { ClinicalRow } from '#app/core/clinical_row'
import { AddendumSchema } from '#database/schema'

/** How a model has its addenda. A device makes ids of its own, so that records of two kinds may have the same one. */
export function addendaOf(entity: string) {
  const onQuery = (query: { where(column: string, value: string): unknown }) =>
    void query.where('addenda.entity', entity)
  return { localKey: 'uuid', foreignKey: 'entityUuid', onQuery }
}

/** What somebody adds to a record that they no longer correct. Never changed itself. */
export default class Addendum extends compose(AddendumSchema, chartRow('addendum')) implements ClinicalRow {
  get authorUuid(): string | null {
    return this.$extras.author_uuid ?? null
  }

  static selected(query: ModelQueryBuilderContract<typeof Addendum>) {
    return query
      .select('addenda.*')
      .select(uuidOf('patients', 'addenda.patient_id', 'patient_uuid'))
      .select(uuidOf('users', 'addenda.author_id', 'author_uuid'))
  }

  /** All of a record, the oldest first. */
  static named(query: ModelQueryBuilderContract<typeof Addendum>) {
    return this.selected(query).orderBy('addenda.created_at').orderBy('addenda.uuid')
  }
}
