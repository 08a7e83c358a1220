import { ask, type Answer } from '#pwa/session/ask'

interface Listed<Row> {
  data?: { data: Row[]; meta: { next_cursor: string | null } }
  error?: unknown
  response: Response
}

export interface Page<Row> {
  rows: Row[]
  /** The cursor of the next page; null at the end. */
  next: string | null
}

/** A list of the API, with where it goes on. */
export function askPage<Row>(call: Promise<Listed<Row>>): Promise<Answer<Page<Row>>> {
  return ask(
    call.then(({ data, error, response }) => ({
      data: data && { data: { rows: data.data, next: data.meta.next_cursor } },
      error,
      response,
    }))
  ) as Promise<Answer<Page<Row>>>
}

/** All rows of a list, up to `most` pages. */
export async function askAll<Row>(page: (cursor?: string) => Promise<Listed<Row>>, most = 10): Promise<Answer<Row[]>> {
  const rows: Row[] = []
  let cursor: string | undefined
  for (let read = 0; read < most; read++) {
    const { data, problem } = await askPage(page(cursor))
    if (problem) return { problem }
    rows.push(...data.rows)
    if (!data.next) break
    cursor = data.next
  }
  return { data: rows }
}
