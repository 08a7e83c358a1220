import { request as httpRequest, Agent } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Attacked } from '#tests/throttles/attack'
import type { OwnRedis } from '#tests/throttles/own_redis'
import { serving } from '#tests/fuzz/serving'

export const runs = 10_000

export interface Proof {
  runs: number
  seed: number
  log: (line: string) => void
}

const AT_ONCE = 16
const CONTROL = 30
/** The tries come through a proxy that is believed, so that they can come from anywhere. */
const BEHIND_A_PROXY = { TRUST_PROXY: '127.0.0.1' }

interface Target {
  name: string
  /** Whose account a try is for, and where it comes from. */
  of: (index: number) => { email: string; ip: string }
  burst: number
  everySeconds: number
}

const address = (index: number) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
const stranger = (index: number) => `nobody-${index}@example.org`

/** Each is met by another limit: that of the account, of the address, and of everybody. */
const targetsFor = (email: string): Target[] => [
  {
    // What the client itself says of its address stands before what the proxy saw.
    name: 'one account from one address that claims to be others',
    of: (n) => ({ email, ip: `${address(n)}, 192.0.2.1` }),
    ...{ burst: 5, everySeconds: 180 },
  },
  { name: 'one account from everywhere', of: (n) => ({ email, ip: address(n) }), burst: 10, everySeconds: 30 },
  {
    name: 'many accounts from one address',
    of: (n) => ({ email: stranger(n), ip: '192.0.2.2' }),
    ...{ burst: 100, everySeconds: 5 },
  },
  {
    name: 'many accounts from everywhere',
    of: (n) => ({ email: stranger(n), ip: address(n) }),
    ...{ burst: 1000, everySeconds: 1 },
  },
]

/**
 * Whoever tries passwords over HTTP, at one account or at many, from one address or from as many as there are tries,
 * comes as far as the check of a password only as often as the limits allow: with Redis, without it, and where it is
 * killed halfway. A Redis that was left, if only for a moment, means two budgets and never more. Without limits every try
 * comes that far.
 */
export async function prove({ runs: tries, log }: Proof): Promise<void> {
  await serving(async (origin) => {
    const { forgetTries, NO_LIMITS, setLimits } = await import('#tests/throttles/limits')
    const { DEFAULT_LIMITS } = await import('#app/throttles/default_limits')
    const { somebodyWithPassword } = await import('#tests/throttles/tries')
    const { DEAD_REDIS, withRedisAt, isInUse } = await import('#tests/throttles/own_redis')
    const { attack, mostOf } = await import('#tests/throttles/attack')
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
    const email = await somebodyWithPassword()
    const targets = targetsFor(email)
    const [, one, many] = targets

    const attackOf = ({ of }: Target, count: number, halfway?: () => Promise<void>) =>
      attack({ tries: count, atOnce: AT_ONCE, attempt: (index) => send(origin, agent, of(index)), halfway })

    const stopped = async (target: Target, how: string, halfway?: () => Promise<void>) => {
      await forgetTries()
      const attacked = await attackOf(target, tries, halfway)
      const budgets = how !== 'Redis down' && (await hasCountedInDatabase()) ? 2 : 1
      const most = Math.min(tries, budgets * mostOf(target, attacked))
      log(`${target.name}, ${how}: ${told(attacked)}; at most ${most}`)
      if (attacked.hashes > most) throw new Error(`${target.name}, ${how}: ${attacked.hashes} passwords checked`)
      refuseOthers(attacked)
    }

    for (const target of targets) {
      const { hashes, answers } = await attackOf(target, CONTROL)
      if (hashes !== CONTROL) throw new Error(`without limits only ${hashes} came through: ${[...answers.keys()]}`)
    }
    log(`without limits: ${CONTROL} of ${CONTROL} tries of each kind reach a password`)
    setLimits(DEFAULT_LIMITS)
    try {
      await withRedisAt(DEAD_REDIS, async () => {
        for (const target of targets) await stopped(target, 'Redis down')
      })
      const own = await startRedis()
      if (!own) return log('skipped: with Redis, and with one that is killed (there is no redis-server here)')
      try {
        await withRedisAt(own.url, async () => {
          for (const target of [one!, many!]) await stopped(target, 'Redis up')
          for (const target of [one!, many!]) {
            await stopped(target, 'Redis killed halfway', () => own.kill())
            await own.start()
            if (!(await isInUse())) throw new Error('Redis is back and not used')
          }
        })
      } finally {
        await own.kill()
      }
    } finally {
      setLimits(NO_LIMITS)
      agent.destroy()
    }
  }, BEHIND_A_PROXY)
}

async function hasCountedInDatabase(): Promise<boolean> {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  return Boolean(await db.from('rate_limits').first())
}

async function startRedis(): Promise<OwnRedis | null> {
  const { OwnRedis } = await import('#tests/throttles/own_redis')
  return OwnRedis.start().catch((error) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

async function send(origin: URL, agent: Agent, { email, ip }: { email: string; ip: string }): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': ip, 'x-forwarded-proto': 'https' }
  const request = httpRequest(new URL('/api/v1/session', origin), { method: 'POST', headers, agent })
  request.end(JSON.stringify({ email, password: 'une phrase que tout le monde devine' }))
  const [answer] = await once(request, 'response')
  const body = JSON.parse(await text(answer))
  return `${answer.statusCode} ${body.code}`
}

const EXPECTED = ['401 wrong_credentials', '429 too_many_tries']

function refuseOthers({ answers }: Attacked) {
  const other = [...answers.keys()].find((answer) => !EXPECTED.includes(answer))
  if (other) throw new Error(`answered ${other}`)
}

function told({ hashes, answers, seconds }: Attacked): string {
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0)
  return `${hashes} of ${total} tries reached a password in ${seconds.toFixed(0)} s`
}
