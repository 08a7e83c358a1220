import { randomUUID } from 'node:crypto'
import type { ApiClient, ApiResponse } from '@japa/api-client'
import type User from '#app/users/user'
import { someone, tokenOf } from '#tests/acting'

type Headers = Record<string, string>

/** Somebody who calls the API with a token. Each answer's `requestId` names its rows in the audit. */
export interface ApiCaller {
  user: User
  token: string
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  delete(path: string, body?: unknown, headers?: Headers): Promise<Answer>
}

export type Answer = ApiResponse & { requestId: string }

export const PATIENTS = '/api/v1/patients'

export async function apiCaller(client: ApiClient, user: User, abilities = ['*']): Promise<ApiCaller> {
  const token = await tokenOf(user, abilities)
  const send = async (
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: unknown,
    headers: Headers = {}
  ) => {
    const requestId = headers['X-Request-Id'] ?? randomUUID()
    const request = client[method](path).bearerToken(token).header('X-Request-Id', requestId)
    for (const [name, value] of Object.entries(headers)) request.header(name, value)
    if (body !== undefined) request.json(body as never)
    return Object.assign(await request, { requestId }) as Answer
  }
  return {
    user,
    token,
    get: (path, headers) => send('get', path, undefined, headers),
    post: (path, body = {}, headers) => send('post', path, body, headers),
    patch: (path, body = {}, headers) => send('patch', path, body, headers),
    delete: (path, body, headers) => send('delete', path, body, headers),
  }
}

/** A new user with these roles, at the API. */
export async function apiCallerWith(client: ApiClient, ...roles: string[]): Promise<ApiCaller> {
  return apiCaller(client, await someone(...roles))
}
