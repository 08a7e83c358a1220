import { ApiClient } from 'adminjs'

export interface DoneNotice {
  type: 'success' | 'error'
  message: string
  resourceId?: string
}

/** What a page's action answers: done, or why not, by field where it is one. */
export interface PageAnswer {
  notice?: DoneNotice
  problem?: string
  fields?: Record<string, string>
}

/** Sends what was typed to the page; `typed.action` names what is done there. */
export async function doPageAction(pageName: string, typed: Record<string, string>): Promise<PageAnswer> {
  const data = new FormData()
  for (const [name, value] of Object.entries(typed)) data.append(name, value)
  const told = await new ApiClient().getPage<PageAnswer>({ pageName, method: 'post', data })
  return told.data
}
