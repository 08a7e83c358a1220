import { databaseCounter } from '#app/throttles/database_counter'
import { redisCounter } from '#app/throttles/redis_counter'
import { throughRedis } from '#app/throttles/steady_redis'
import type { TryCounter } from '#app/throttles/try_counter'

/** Tries in Redis where there is one, and in the database where there is none or while it does not answer. */
export const steadyCounter: TryCounter = {
  take: (buckets) => steadily((counter) => counter.take(buckets)),
  giveBack: (buckets, remembered) => steadily((counter) => counter.giveBack(buckets, remembered)),
  remembers: (key) => steadily((counter) => counter.remembers(key)),
}

function steadily<T>(work: (counter: TryCounter) => Promise<T>): Promise<T> {
  return throughRedis(
    (redis) => work(redisCounter(redis)),
    () => work(databaseCounter)
  )
}
