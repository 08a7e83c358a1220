import { readFileSync } from 'node:fs'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { leaveNobody } from '#tests/functional/api/leave_nobody'
import { admittedTo } from '#app/http/operation'
import { PERMISSIONS } from '#app/users/default_roles'
import { tokenOf } from '#tests/acting'
import { exampleWorld, type World } from '#tests/functional/api/example_world'
import { documented, sendExample, type Documented } from '#tests/functional/api/send_example'

/*
 * docs/api/abilities.md is the reviewed list of routes × abilities. This runs all of it.
 */
interface Row {
  role: string
  /** Each opens the route by itself: a list of abilities that are needed together. */
  ways: string[][]
  otherwise: string
}

const ROWS = new Map(
  readFileSync('docs/api/abilities.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [name = '', role = '', cell = '', otherwise = ''] = line
        .slice(1, -1)
        .split('|')
        .map((each) => each.trim())
      const ways = cell.split(' or ').map((way) => [...way.matchAll(/`([^`]+)`/g)].map(([, ability]) => ability!))
      return [name.replaceAll('`', ''), { role, ways, otherwise } satisfies Row] as const
    })
)

const routes = documented.filter(({ operation }) => admittedTo(operation) === 'caller')

const without = (...left: string[]) => PERMISSIONS.filter((ability) => !left.includes(ability))

/** Lists of abilities that must not do: all but one that every way in needs, or all but what each way has of its own. */
function missingOf(ways: string[][]): string[][] {
  if (!ways[0]!.length) return []
  if (ways[0]![0] === '*') return [without()]
  const shared = ways[0]!.filter((ability) => ways.every((way) => way.includes(ability)))
  const own = ways.flat().filter((ability) => !shared.includes(ability))
  return [...shared.map((ability) => without(ability)), ...(own.length ? [without(...own)] : [])]
}

/** Whatever is refused changes nothing, and shares a world. */
let refusals: Promise<World> | undefined

async function answered(client: ApiClient, route: Documented, abilities: string[], world: World) {
  const { operation } = route
  const token = await tokenOf(world.people[operation.as], abilities)
  const answer = await sendExample(client, route, operation.example, world, token)
  const isEmpty = 'many' in operation.answer && answer.status() === 200 && answer.body().data.length === 0
  return isEmpty ? 'empty' : String(answer.status())
}

test.group('The table of routes and abilities', (group) => {
  group.setup(leaveNobody)

  test('names every route that takes a token, and who sends its example', ({ assert }) => {
    const roleOf = new Map([...ROWS].map(([name, { role }]) => [name, role]))
    for (const { name, operation } of routes) assert.equal(roleOf.get(name), operation.as, name)
    assert.lengthOf(routes, ROWS.size)
  })

  for (const route of routes)
    test(`holds for ${route.name}`, async ({ client, assert }) => {
      const { ways, otherwise } = ROWS.get(route.name)!
      const isReading = route.method === 'GET'
      refusals ??= exampleWorld()
      const good = String(route.operation.gate?.status ?? 200)
      for (const abilities of [['*'], ...ways.map((way) => (way.length ? way : ['settings.manage']))])
        assert.equal(
          await answered(client, route, abilities, isReading ? await refusals : await exampleWorld()),
          good,
          `with ${String(abilities)}`
        )
      for (const abilities of missingOf(ways)) {
        const left = without(...abilities)
        assert.equal(await answered(client, route, abilities, await refusals), otherwise, `without ${String(left)}`)
      }
    })
})
