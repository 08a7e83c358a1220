import type { LimiterResponse } from '@adonisjs/limiter'
import RedisStore from '@adonisjs/limiter/stores/redis'
import MemoryStore from '@adonisjs/limiter/stores/memory'
import type { LimiterConsumptionOptions, LimiterStoreContract } from '@adonisjs/limiter/types'
import type { RedisConnection } from '@adonisjs/redis'
import { throughRedis } from '#app/throttles/steady_redis'

type Key = string | number

/**
 * A store of @adonisjs/limiter for requests: in Redis, so that several processes count together, and in this process
 * where there is none or while it does not answer.
 */
export class SteadyStore implements LimiterStoreContract {
  readonly name = 'steady'
  readonly #memory: MemoryStore
  /** By connection, since a connection that has ended for good gets a successor. */
  readonly #ofConnection = new WeakMap<RedisConnection, RedisStore>()

  constructor(private readonly options: LimiterConsumptionOptions) {
    this.#memory = new MemoryStore({ ...options, keyPrefix: 'requests' })
  }

  get requests() {
    return this.#memory.requests
  }
  get duration() {
    return this.#memory.duration
  }
  get blockDuration() {
    return this.#memory.blockDuration
  }

  consume = (key: Key, amount?: number) => this.#steadily((store) => store.consume(key, amount))
  increment = (key: Key, amount?: number) => this.#steadily((store) => store.increment(key, amount))
  decrement = (key: Key, amount?: number) => this.#steadily((store) => store.decrement(key, amount))
  block = (key: Key, duration: string | number) => this.#steadily((store) => store.block(key, duration))
  set = (key: Key, requests: number, duration?: string | number) =>
    this.#steadily((store) => store.set(key, requests, duration))
  delete = (key: Key) => this.#steadily((store) => store.delete(key))
  get = (key: Key) => this.#steadily<LimiterResponse | null>((store) => store.get(key))

  /** Of this process only: Redis holds more than requests. */
  clear() {
    return this.#memory.clear()
  }

  #steadily<T>(work: (store: RedisStore | MemoryStore) => Promise<T>): Promise<T> {
    return throughRedis(
      (redis) => work(this.#storeOf(redis)),
      () => work(this.#memory)
    )
  }

  #storeOf(redis: RedisConnection): RedisStore {
    const store = this.#ofConnection.get(redis) ?? new RedisStore(redis, { ...this.options, keyPrefix: 'requests' })
    this.#ofConnection.set(redis, store)
    return store
  }
}
