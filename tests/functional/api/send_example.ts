import type { ApiClient } from '@japa/api-client'
import { admittedTo, type ExampleRequest, type ExampleRole, type Operation } from '#app/http/operation'
import { apiRoutes } from '#app/openapi/openapi_document'
import type { Route } from '#app/openapi/operation_entry'
import { handDevice, sessionOf, tokenOf } from '#tests/acting'
import { inWorld, type World } from '#tests/functional/api/example_world'
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
  const shown = token === undefined ? await credentialsOf(operation, world, example.as ?? operation.as) : {}
  if (token) request.bearerToken(token)
  for (const [name, value] of Object.entries({ ...shown, ...headers })) request.header(name, value)
  if (body) request.json(body as never)
  return request
}

/** What somebody shows where they are let in: a device or a session where only that counts, else a token. */
async function credentialsOf(operation: Operation, world: World, role: ExampleRole): Promise<Record<string, string>> {
  const admitted = admittedTo(operation)
  const user = world.people[role]
  if (admitted === 'anybody') return {}
  if (admitted === 'device') return { authorization: `Device ${await handDevice(world.values.device!, user)}` }
  return admitted === 'caller' ? { authorization: `Bearer ${await tokenOf(user)}` } : sessionOf(user)
}
