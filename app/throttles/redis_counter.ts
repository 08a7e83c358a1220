import type { RedisConnection } from '@adonisjs/redis'
import { now } from '#app/core/clock'
import { SKEW_MS, type Bucket } from '#app/throttles/bucket'
import type { TryCounter } from '#app/throttles/try_counter'

/* As `refusalOf` and `fullAfterTry` in bucket.ts. Each key is forgotten once it is full again. */
const TAKE = `
local at = tonumber(ARGV[1])
local wait, refused, full = 0, {}, {}
for i, key in ipairs(KEYS) do
  local every, burst = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local kept = tonumber(redis.call('get', key) or at)
  if kept < at or kept > at + every * burst + ${SKEW_MS} then kept = at end
  full[i] = kept + every
  local ahead = full[i] - at - every * burst
  if ahead > 0 then
    refused[#refused + 1] = i
    wait = math.max(wait, ahead)
  end
end
if #refused > 0 then return { wait, unpack(refused) } end
for i, key in ipairs(KEYS) do
  redis.call('set', key, string.format('%.0f', full[i]), 'PX', string.format('%.0f', full[i] - at))
end
return { 0 }`

const GIVE_BACK = `
local at = tonumber(ARGV[1])
for i, key in ipairs(KEYS) do
  local full = tonumber(redis.call('get', key) or at) - tonumber(ARGV[i + 1])
  if full > at then
    redis.call('set', key, string.format('%.0f', full), 'PX', string.format('%.0f', full - at))
  else
    redis.call('del', key)
  end
end`

/* The braces keep all keys of a try together in a cluster. */
const named = (key: string) => `{tries}:${key}`

/** Tries in Redis; each step is one script, which nothing interrupts. */
export function redisCounter(redis: RedisConnection): TryCounter {
  const io = redis.ioConnection
  return {
    async take(buckets) {
      const limits = buckets.flatMap(({ everyMs, burst }) => [everyMs, burst])
      const keys = keysOf(buckets)
      const [waitMs, ...refused] = (await io.eval(TAKE, keys.length, ...keys, now().getTime(), ...limits)) as number[]
      return waitMs ? { waitMs, keys: refused.map((index) => buckets[index - 1]!.key) } : null
    },

    async giveBack(buckets, remembered) {
      const keys = keysOf(buckets)
      await io.eval(GIVE_BACK, keys.length, ...keys, now().getTime(), ...buckets.map(({ everyMs }) => everyMs))
      if (!remembered) return
      const { key, forMs } = remembered
      await io.set(named(key), now().getTime() + forMs, 'PX', forMs)
    },

    async remembers(key) {
      return Number(await io.get(named(key))) > now().getTime()
    },
  }
}

const keysOf = (buckets: readonly Bucket[]) => buckets.map(({ key }) => named(key))
