import { BasePolicy } from '@adonisjs/bouncer'
import type Addendum from '#app/charts/addendum'
import { chartAccess } from '#app/charts/chart_access'
import type { InChart } from '#app/charts/find_in_chart'
import type { Actor } from '#app/core/actor'
import { worksInLab } from '#app/labs/reach'

export default class ChartPolicy extends BasePolicy {
  view(user: Actor, { owner }: InChart) {
    return chartAccess(user, owner) !== null
  }

  /** Whoever administers, of anybody. */
  viewEvery(user: Actor) {
    return user.can('charts.view_any')
  }

  /** A laboratory adds to its own results and opens no chart. */
  viewAddendum(user: Actor, addendum: Addendum & InChart) {
    const isOwn = user.id !== null && addendum.authorId === user.id
    return (isOwn && addendum.entity === 'lab_result' && worksInLab(user)) || this.view(user, addendum)
  }
}
