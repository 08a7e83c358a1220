import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { choice, listOf, nullable, shape, text, uuid } from '#app/http/shapes'
import type { openMe } from '#app/users/me'

export const meShape = shape('Me', {
  id: uuid(),
  name: text(),
  email: nullable(text()),
  language: choice(['fr', 'en']),
  roles: listOf(text()),
  /** Those that this token allows. */
  permissions: listOf(text()),
  /** The own chart, where the account is linked to one. */
  patient_id: nullable(uuid()),
})

export default class MeTransformer extends BaseTransformer<Awaited<ReturnType<typeof openMe>>> {
  toObject(): Static<typeof meShape> {
    const { user, roleNames, permissionNames, patientUuid } = this.resource
    return {
      id: user.uuid,
      name: user.name,
      email: user.email,
      language: user.language,
      roles: [...roleNames].sort(),
      permissions: [...permissionNames],
      patient_id: patientUuid,
    }
  }
}
