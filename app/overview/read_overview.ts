import vine from '@vinejs/vine'
import { COUNTED } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { activityFor, type Activity } from '#app/overview/activity'
import { dayAgo, mattersFor, type Matter } from '#app/overview/matters'
import OverviewPolicy from '#app/overview/overview_policy'

interface Overview {
  matters: Matter[]
  activity: Activity[]
  /** Of one thing, no more are counted. */
  counted: number
  /** From when on refusals are told. */
  since: string
}

/** What somebody who runs the clinic looks for in the morning: what is wrong, and how much was done. Counts only. */
export const readOverview = readCase({
  name: 'overview.read',
  input: vine.create({}),
  find: () => null,
  policy: [OverviewPolicy, 'view'],
  details: ({ matters }: Overview) => ({ matters: matters.map(({ code }) => code) }),
  async run({ caller, client }): Promise<Overview> {
    const may = caller.user.can.bind(caller.user)
    return {
      matters: await mattersFor(may, client),
      activity: await activityFor(may, client),
      counted: COUNTED,
      since: dayAgo().toISOString(),
    }
  },
})
