import type { ApiClient } from '@japa/api-client'
import type { ExampleRequest, Operation } from '#app/http/operation'
import { apiRoutes } from '#app/openapi/openapi_document'
import type { Route } from '#app/openapi/operation_entry'
import { tokenOf } from '#tests/acting'
import { inWorld, type World } from '#tests/functional/api/example_world'
import { OPERATIONS } from '#start/operations'

export type Documented = Route & { operation: Operation }

export const documented: Documented[] = apiRoutes().flatMap((route) =>
  OPERATIONS[route.name] ? [{ ...route, operation: OPERATIONS[route.name]! }] : []
)

/** Sends a documented request as whoever the document says, in this world. `token` may take another's place. */
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
  const bearer = token === undefined ? await tokenOf(world.people[example.as ?? operation.as]) : token
  if (bearer) request.bearerToken(bearer)
  for (const [name, value] of Object.entries(headers)) request.header(name, value)
  if (body) request.json(body as never)
  return request
}
