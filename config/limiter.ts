import { defineConfig, stores } from '@adonisjs/limiter'
import type { InferLimiters, LimiterConsumptionOptions } from '@adonisjs/limiter/types'
import { SteadyStore } from '#app/throttles/steady_store'

const config = defineConfig({
  default: 'steady',
  stores: {
    steady: (options: LimiterConsumptionOptions) => new SteadyStore(options),
    memory: stores.memory({}),
  },
})

export default config

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof config> {}
}
