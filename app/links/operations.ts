import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { issueChartCode } from '#app/links/issue_chart_code'
import { linkOwnChart } from '#app/links/link_own_chart'
import { chartCodeShape, chartLinkShape } from '#app/links/link_transformer'
import { unlinkAccount } from '#app/links/unlink_account'

const ALL_THREE = { national_id: EXAMPLE.linkableNationalId, dob: '1988-04-02', code: EXAMPLE.chartCode }

export const linkOperations: Operations = {
  'chart_codes.store': {
    gate: issueChartCode,
    answer: { one: chartCodeShape },
    as: 'reception',
    example: { params: { patient: EXAMPLE.stranger } },
    problems: {
      patient_retired: { params: { patient: EXAMPLE.retired } },
      chart_has_account: { params: { patient: EXAMPLE.patient } },
    },
  },
  'chart_links.store': {
    gate: linkOwnChart,
    admits: 'session',
    answer: { one: chartLinkShape },
    as: 'doctor',
    alsoRefused: ['too_many_tries'],
    example: { body: ALL_THREE },
    problems: {
      chart_not_linked: { body: { ...ALL_THREE, dob: '1988-02-04' } },
      account_has_chart: { as: 'patient', body: ALL_THREE },
    },
  },
  'chart_links.destroy': {
    gate: unlinkAccount,
    admits: 'session',
    answer: { one: chartLinkShape },
    as: 'admin',
    example: { params: { patient: EXAMPLE.patient } },
    problems: { no_account_linked: { params: { patient: EXAMPLE.stranger } } },
  },
}
