import limiter from '@adonisjs/limiter/services/main'
import { networkOf } from '#app/throttles/network_of'
import env from '#start/env'

/** All requests of one person, or from one network where nobody is known. */
export const apiThrottle = limiter.define('api', ({ actor, request }) =>
  limiter
    .allowRequests(env.get('API_REQUESTS_PER_MINUTE', 600))
    .every('1 minute')
    .usingKey(actor ? `user_${actor.id}` : `ip_${networkOf(request.ip())}`)
)

/** Looking for anybody: enough for a desk, too little for copying the register. */
export const searchThrottle = limiter.define('search', ({ actor }) =>
  limiter.allowRequests(env.get('LOOKUPS_PER_MINUTE', 60)).every('1 minute').usingKey(`user_${actor?.id}`)
)
