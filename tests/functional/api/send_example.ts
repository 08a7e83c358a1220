import type { ApiClient } from '@japa/api-client'
import { admittedTo, type ExampleRequest, type Operation } from '#app/http/operation'
import { apiRoutes } from '#app/openapi/openapi_document'
import type { Route } from '#app/openapi/operation_entry'
import { sessionOf, tokenOf } from '#tests/acting'
import { inWorld, type World } from '#tests/functional/api/example_world'
import type User from '#app/users/user'
import { OPERATIONS } from '#start/operations'

export type Documented = Route & { operation: Operation }

export const documented: Documented[] = apiRoutes().flatMap((route) =>
  OPERATIONS[route.name] ? [{ ...route, operation: OPERATIONS[route.name]! }] : []
)

/** Sends a documented request as whoever the document says, in this world. A token, or none, may take their place. */
export async function sendExample(
  client: ApiClient,
  { operation, method, pattern }: Documented,
  example: ExampleRequest,
  world: World,
  token?: string | null
) {
  const { params = {}, query = {}, body, headers = {} } = inWorld({ ...example, as: undefined }, world)
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => params[name]!)
  const request = client[method.toLowerCase() as 'get'](path).qs(query)
  const shown = token === undefined ? await credentialsOf(operation, world.people[example.as ?? operation.as]) : {}
  if (token) request.bearerToken(token)
  for (const [name, value] of Object.entries({ ...shown, ...headers })) request.header(name, value)
  if (body) request.json(body as never)
  return request
}

/** What somebody shows where they are let in: a session where only that counts, else a token. */
async function credentialsOf(operation: Operation, user: User): Promise<Record<string, string>> {
  const admitted = admittedTo(operation)
  if (admitted === 'anybody') return {}
  return admitted === 'caller' ? { authorization: `Bearer ${await tokenOf(user)}` } : sessionOf(user)
}
