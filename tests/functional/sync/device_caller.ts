import { randomUUID } from 'node:crypto'
import type { ApiClient, ApiResponse } from '@japa/api-client'
import { newUuid } from '#app/core/ids'
import { MUTATIONS, type Mutation, type MutationName, type MutationResult, type SyncAnswer } from '#app/sync/protocol'
import type User from '#app/users/user'
import { handDevice } from '#tests/acting'

export const SYNC = '/api/v1/sync'

export type Pushed = ApiResponse & { requestId: string; results: any[] }

/** A telephone in somebody's hands. */
export interface DeviceCaller {
  user: User
  uuid: string
  credential: string
  push(...mutations: unknown[]): Promise<Pushed>
  send(body: object, headers?: Record<string, string>): Promise<Pushed>
}

export async function deviceOf(client: ApiClient, user: User): Promise<DeviceCaller> {
  const uuid = newUuid()
  const credential = await handDevice(uuid, user)
  const send = async (body: object, headers: Record<string, string> = {}) => {
    const requestId = randomUUID()
    const request = client.post(SYNC).header('authorization', `Device ${credential}`).header('x-request-id', requestId)
    for (const [name, value] of Object.entries(headers)) request.header(name, value)
    const answer = await request.json(body as never)
    return Object.assign(answer, { requestId, results: ((answer.body() as SyncAnswer).results ?? []) as never[] })
  }
  const push = (...mutations: unknown[]) => send(aCall(uuid, mutations))
  return { user, uuid, credential, push, send }
}

export function aCall(device_id: string, mutations: unknown[], more: object = {}) {
  return { protocol: 1, device_id, epoch: null, cursor: null, mutations, ...more }
}

let seq = 0

/** A write as a device queues it. Without a base it makes something new. */
export function aMutation(name: MutationName, data: object, more: Partial<Mutation> = {}): Mutation {
  const base = MUTATIONS[name].creates ? null : {}
  return {
    mutation_id: newUuid(),
    client_seq: ++seq,
    name,
    client_generated_uuid: newUuid(),
    base_version: null,
    base,
    data: data as Record<string, unknown>,
    depends_on: [],
    client_updated_at: new Date().toISOString(),
    ...more,
  }
}

export const statuses = (results: MutationResult[]) => results.map(({ status }) => status)
