import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import type Addendum from '#app/charts/addendum'
import { instant, nullable, shape, text, uuid } from '#app/http/shapes'

export const addendumShape = shape('Addendum', {
  id: uuid(),
  record_id: uuid(),
  author_id: nullable(uuid()),
  text: text(),
  created_at: instant(),
})

export default class AddendumTransformer extends BaseTransformer<Addendum> {
  toObject() {
    return addendumData(this.resource)
  }
}

export function addendumData(addendum: Addendum): Static<typeof addendumShape> {
  return {
    id: addendum.uuid,
    record_id: addendum.entityUuid,
    author_id: addendum.authorUuid,
    text: addendum.text ?? '',
    created_at: addendum.createdAt.toISOString(),
  }
}
