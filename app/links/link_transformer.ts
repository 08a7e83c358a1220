import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { instant, nullable, shape, text, uuid } from '#app/http/shapes'
import type { IssuedCode } from '#app/links/issue_chart_code'
import type { ChartLink } from '#app/links/link_own_chart'

export const chartCodeShape = shape('ChartCode', {
  id: uuid(),
  patient_id: uuid(),
  /** Told once: null in the answer to a request that is repeated. */
  code: nullable(text()),
  expires_at: instant(),
})

export const chartLinkShape = shape('ChartLink', {
  patient_id: uuid(),
  /** Null once they are apart. */
  user_id: nullable(uuid()),
})

export class ChartCodeTransformer extends BaseTransformer<IssuedCode> {
  toObject(): Static<typeof chartCodeShape> {
    const { uuid: id, patientUuid, value, expiresAt } = this.resource
    return { id, patient_id: patientUuid, code: value, expires_at: expiresAt.toISOString() }
  }
}

export class ChartLinkTransformer extends BaseTransformer<ChartLink> {
  toObject(): Static<typeof chartLinkShape> {
    const { patientUuid, userUuid } = this.resource
    return { patient_id: patientUuid, user_id: userUuid }
  }
}
