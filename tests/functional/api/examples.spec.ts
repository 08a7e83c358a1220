import { test } from '@japa/runner'
import { leaveNobody } from '#tests/functional/api/leave_nobody'
import { EXAMPLE } from '#app/http/example_ids'
import { admittedTo, type ExampleRequest } from '#app/http/operation'
import { problemEntry } from '#app/http/problem_catalogue'
import type { Route } from '#app/openapi/operation_entry'
import { requestParts } from '#app/openapi/request_parts'
import { sessionOf, tokenOf } from '#tests/acting'
import { newUuid } from '#app/core/ids'
import { exampleWorld, inWorld, type World } from '#tests/functional/api/example_world'
import { documented, sendExample, type Documented } from '#tests/functional/api/send_example'

const titleOf = ({ method, pattern }: Route) => `${method} ${pattern}`

/** Refusals that every operation of a kind has, made of its own example. */
function commonRefusals(route: Documented): Record<string, ExampleRequest> {
  const { operation, method } = route
  const { example, gate } = operation
  if (!gate) return {}
  const { path, isVersioned } = requestParts(operation, route)
  const { version: seen, ...unversioned } = example.body ?? {}
  const { 'If-Match': matched, ...unmatched } = example.headers ?? {}
  const strange =
    method === 'GET' ? { query: { ...example.query, nonsense: '1' } } : { body: { ...example.body, nonsense: 1 } }
  const refusals: Record<string, ExampleRequest> = { invalid: { ...example, ...strange } }
  if (Object.keys(path).length) {
    const nowhere = Object.keys(path).map((name) => [name, EXAMPLE.nothing])
    refusals.not_found = { ...example, params: Object.fromEntries(nowhere) }
  }
  if (isVersioned) {
    refusals.version_required = { ...example, body: unversioned, headers: unmatched }
    refusals.stale_version = { ...example, body: unversioned, headers: { ...unmatched, 'If-Match': '"99"' } }
  }
  return refusals
}

test.group('Examples of the document', (group) => {
  group.setup(leaveNobody)
  let world: World
  group.setup(async () => {
    world = await exampleWorld()
  })

  for (const route of documented) {
    const { operation, method } = route
    const { gate, example, problems } = operation
    const admitted = admittedTo(operation)

    for (const [code, request] of Object.entries({ ...commonRefusals(route), ...problems })) {
      test(`${titleOf(route)} is refused as ${code}`, async ({ client, assert }) => {
        const answer = await sendExample(client, route, request, world)
        assert.deepEqual([answer.status(), answer.body().code], [problemEntry(code)!.status, code], answer.text())
      })
    }

    if (admitted !== 'anybody')
      test(`${titleOf(route)} asks who calls`, async ({ client, assert }) => {
        const nobody = await sendExample(client, route, example, world, null)
        assert.deepEqual([nobody.status(), nobody.body().code], [401, 'unauthenticated'])
        const stranger = await sendExample(client, route, example, world, 'medinfo_unknown')
        assert.deepEqual([stranger.status(), stranger.body().code], [401, 'token_invalid'])
      })

    if (admitted === 'session' || admitted === 'pending')
      test(`${titleOf(route)} takes no token`, async ({ client, assert }) => {
        const answer = await sendExample(client, route, example, world, await tokenOf(world.people[operation.as]))
        assert.deepEqual([answer.status(), answer.body().code], [403, 'session_required'])
      })

    if (admitted === 'device')
      test(`${titleOf(route)} takes neither token nor session`, async ({ client, assert }) => {
        const person = world.people[operation.as]
        const answer = await sendExample(client, route, example, world, await tokenOf(person))
        assert.deepEqual([answer.status(), answer.body().code], [403, 'device_required'])
        const headers = await sessionOf(person)
        const signedIn = await sendExample(client, route, { ...example, headers }, world, null)
        assert.deepEqual([signedIn.status(), signedIn.body().code], [403, 'device_required'])
      })

    test(`${titleOf(route)} does what its example says`, async ({ client, assert }) => {
      const own = method === 'GET' ? world : await exampleWorld()
      const answer = await sendExample(client, route, example, own)
      assert.equal(answer.status(), gate?.status ?? 200, answer.text())
      if ('many' in operation.answer) assert.isAbove(answer.body().data.length, 0, 'the list has something to show')
    })

    if (gate && admitted === 'caller' && method === 'POST')
      test(`${titleOf(route)} is done once for one key`, async ({ client, assert }) => {
        const own = await exampleWorld()
        const keyed = { ...example, headers: { ...example.headers, 'Idempotency-Key': newUuid() } }
        const first = await sendExample(client, route, keyed, own)
        const again = await sendExample(client, route, keyed, own)
        assert.deepEqual([again.status(), again.header('idempotency-replayed')], [gate.status, 'true'], again.text())
        assert.equal(again.body().data.id, first.body().data.id)
        const other = await sendExample(client, route, { ...keyed, body: { ...example.body, another: 1 } }, own)
        assert.deepEqual([other.status(), other.body().code], [422, 'mutation_id_reused'], other.text())
      })
  }

  test('a world that lacks what an example names is not passed over', ({ assert }) => {
    assert.throws(() => inWorld({ params: { id: EXAMPLE.patient } }, { ...world, values: {} }), /has made patient/)
  })
})
