import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import Permission from '#app/users/permission'
import type User from '#app/users/user'
import { sessionOf, someone } from '#tests/acting'

export interface Answer {
  status: number
  requestId: string
  body: {
    notice?: { type: 'success' | 'error'; message: string }
    problem?: string
    code?: string
    fields?: Record<string, string>
    records?: { id: string; params: Record<string, any> }[]
    record?: { id: string; params: Record<string, any>; recordActions?: { name: string }[] }
    meta?: { total: number }
    [member: string]: unknown
  }
}

/** Somebody at the back office, as their browser asks. */
export interface Office {
  user: User
  list(resource: string, query?: string): Promise<Answer>
  show(resource: string, id: string): Promise<Answer>
  /** An action of a row, or of none; `typed` is what stands in its form. */
  act(path: string, typed?: Record<string, string>): Promise<Answer>
  /** What the form of an action asks for when it is opened. */
  open(path: string): Promise<Answer>
  dashboard(): Promise<Answer>
  page(id: string, query?: string): Promise<Answer>
  change(id: string, typed: Record<string, string>): Promise<Answer>
}

export async function officeOf(user: User): Promise<Office> {
  const headers = await sessionOf(user)
  const ask = async (path: string, typed?: Record<string, string>): Promise<Answer> => {
    const requestId = randomUUID()
    const form = new FormData()
    for (const [name, value] of Object.entries(typed ?? {})) form.append(name, value)
    const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/admin/api/${path}`, {
      ...(typed ? { method: 'POST', body: form } : {}),
      headers: { ...headers, 'x-request-id': requestId },
    })
    return { status: answer.status, requestId, body: (await answer.json()) as Answer['body'] }
  }
  return {
    user,
    list: (resource, query = '') => ask(`resources/${resource}/actions/list?${query}`),
    show: (resource, id) => ask(`resources/${resource}/records/${id}/show`),
    act: (path, typed = {}) => ask(`resources/${path}`, typed),
    open: (path) => ask(`resources/${path}?offers=1`),
    dashboard: () => ask('dashboard'),
    page: (id, query = '') => ask(`pages/${id}?${query}`),
    change: (id, typed) => ask(`pages/${id}`, typed),
  }
}

export const officeWith = async (...roles: string[]) => officeOf(await someone(...roles))

/** Somebody who may enter and, of what is done there, these things alone. */
export async function officeAllowed(...permissions: string[]): Promise<Office> {
  const user = await someone()
  const rows = await Permission.query().whereIn('name', ['back_office.enter', ...permissions])
  await db.table('user_permissions').multiInsert(rows.map(({ id }) => ({ user_id: user.id, permission_id: id })))
  return officeOf(user)
}

/** The entries that a request has left: what, and how it went. */
export async function toldOf({ requestId }: Answer) {
  const rows = await db.from('audit_logs').where('request_id', requestId).orderBy('id')
  return rows.map(({ action, outcome, details }) => ({ action, outcome, details: JSON.parse(details ?? '{}') }))
}
