import { readFileSync } from 'node:fs'
import router from '@adonisjs/core/services/router'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { leaveNobody } from '#tests/functional/api/leave_nobody'
import type { ExampleRole } from '#app/http/operation'
import { exampleWorld, type Relation, type World } from '#tests/functional/api/example_world'
import { documented, sendExample, type Documented } from '#tests/functional/api/send_example'

/*
 * docs/api/roles.md is the reviewed list of routes × roles × relations → status. This runs all of it.
 */
const RELATIONS: Relation[] = ['own', 'assigned', 'other']

interface Cell {
  route: string
  role: ExampleRole | 'nobody'
  relation: Relation
  status: number
}

/** Cells of the table; one status holds for every relation, and `–` is a relation that the role does not have. */
function cellsOf(table: string): Cell[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|'))
  const rows = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
  )
  const [[, ...roles] = [], , ...routes] = rows
  return routes.flatMap(([name = '', ...cells]) =>
    cells.flatMap((cell, column) => {
      const statuses = cell.split(' ')
      const role = roles[column] as Cell['role']
      return statuses.flatMap((status, n) => {
        const relation = statuses.length === 1 ? 'other' : RELATIONS[n]!
        return status === '–' ? [] : [{ route: name.replaceAll('`', ''), role, relation, status: Number(status) }]
      })
    })
  )
}

/** Route and address of each page. */
function pagesOf(table: string): string[][] {
  const lines = table.split('\n').filter((line) => line.startsWith('| `'))
  return lines.map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, text]) => text!))
}

const [TABLE = '', PAGES = ''] = readFileSync('docs/api/roles.md', 'utf8').split('## Pages and checks')
const CELLS = cellsOf(TABLE)
const byName = new Map(documented.map((route) => [route.name, route]))
const named = new Set(CELLS.map(({ route }) => route))

/** Whatever changes nothing shares a world with the others of its role and relation. */
const shared = new Map<string, Promise<World>>()
function worldFor({ role, relation, status }: Cell, { method }: Documented): Promise<World> {
  const acting = role === 'nobody' ? 'patient' : role
  const isReading = method === 'GET' || status >= 400
  if (!isReading) return exampleWorld({ role: acting, relation })
  const key = `${acting} ${relation}`
  if (!shared.has(key)) shared.set(key, exampleWorld({ role: acting, relation }))
  return shared.get(key)!
}

async function statusOf(client: ApiClient, cell: Cell, route: Documented): Promise<number> {
  const world = await worldFor(cell, route)
  const { example } = route.operation
  if (cell.role === 'nobody') return (await sendExample(client, route, example, world, null)).status()
  return (await sendExample(client, route, { ...example, as: cell.role }, world)).status()
}

test.group('The pages outside the API', () => {
  test('are all listed', ({ assert }) => {
    const routes = Object.values(router.toJSON()).flat()
    const outside = routes.filter(({ pattern }) => !pattern.startsWith('/api/')).map(({ name }) => name)
    assert.sameMembers(
      pagesOf(PAGES).map(([name]) => name!),
      outside.map((name) => name ?? '')
    )
  })

  for (const [name, address] of pagesOf(PAGES))
    test(`answer anybody: ${name}`, async ({ client, assert }) => {
      assert.equal((await client.get(address!)).status(), 200)
      assert.equal(router.match(address!, 'GET', true)?.route.name, name)
    })
})

test.group('The table of routes and roles', (group) => {
  group.setup(leaveNobody)

  test('names every route of the API, and no other', ({ assert }) => {
    assert.deepEqual([...named].sort(), documented.map(({ name }) => name).sort())
  })

  for (const [name, route] of byName)
    test(`holds for ${name}`, async ({ client, assert }) => {
      const cells = CELLS.filter((cell) => cell.route === name)
      const told = (statuses: number[]) =>
        cells.map(({ role, relation }, n) => `${role}, ${relation}: ${statuses[n]}`).join('\n')
      const seen: number[] = []
      for (const cell of cells) seen.push(await statusOf(client, cell, route))
      assert.equal(told(seen), told(cells.map(({ status }) => status)))
    })

  test('has a cell for every role, and for each relation that the role has', ({ assert }) => {
    const roles = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient', 'nobody']
    for (const name of named) {
      const of = CELLS.filter(({ route }) => route === name)
      assert.sameMembers([...new Set(of.map(({ role }) => role))], roles, name)
      for (const role of ['doctor', 'nurse'])
        assert.include([1, 3], of.filter((cell) => cell.role === role).length, `${name}: ${role}`)
    }
  })
})
