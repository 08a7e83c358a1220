import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { leaveNobody } from '#tests/functional/api/leave_nobody'
import { admittedTo } from '#app/http/operation'
import { someone, tokenOf } from '#tests/acting'
import { exampleWorld, inWorld, type World } from '#tests/functional/api/example_world'
import { documented, type Documented } from '#tests/functional/api/send_example'
import { auditOf } from '#tests/functional/core/probe'
import { rawRequest } from '#tests/functional/raw_request'

const routes = documented.filter(({ operation }) => admittedTo(operation) === 'caller')

/** Sends the example of a route, and answers with what the audit has of it. */
async function sent(route: Documented, world: World, method: string, headers: Record<string, string>) {
  const { params = {}, query = {}, body = {} } = inWorld({ ...route.operation.example, as: undefined }, world)
  const path = route.pattern.replaceAll(/:(\w+)/g, (_, name: string) => params[name]!)
  const requestId = randomUUID()
  const text = ['GET', 'HEAD'].includes(method) ? undefined : JSON.stringify(body)
  const length: Record<string, string> = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }
  const all = { 'content-type': 'application/json', 'x-request-id': requestId, ...length, ...headers }
  const answer = await rawRequest(method, `${path}?${new URLSearchParams(query)}`, all, text)
  return { ...answer, entries: await auditOf(requestId) }
}

test.group('Each request leaves exactly one entry in the audit', (group) => {
  group.setup(leaveNobody)

  for (const role of ['doctor', 'patient', 'lab', 'admin'] as const)
    test(`of a ${role}: read, asked for its head, known already, repeated, or refused`, async ({ assert }) => {
      const world = await exampleWorld({ role, relation: role === 'patient' ? 'own' : 'assigned' })
      const bearer = async (user = world.people[role]) => ({ authorization: `Bearer ${await tokenOf(user)}` })
      const [own, stranger] = [await bearer(), await bearer(await someone('patient'))]
      for (const route of routes) {
        const { name, method } = route
        const key = { 'idempotency-key': randomUUID() }
        const isRead = method === 'GET'
        const answers = isRead
          ? [await sent(route, world, 'GET', own), await sent(route, world, 'HEAD', own)]
          : [await sent(route, world, method, { ...own, ...key }), await sent(route, world, method, { ...own, ...key })]
        if (isRead || method === 'POST') assert.equal(answers[1]!.status, answers[0]!.status, name)
        const known = { 'if-none-match': '*' }
        answers.push(await sent(route, world, method, { ...own, ...known }))
        const refused = await sent(route, world, method, { ...stranger, ...known, ...key })
        assert.notEqual(refused.status, 304, name)
        assert.isUndefined(refused.status >= 400 ? refused.headers.etag : undefined, name)
        for (const { status, entries } of [...answers, refused]) assert.lengthOf(entries, 1, `${name} ${status}`)
      }
    }).timeout(60_000)
})
