import createClient from 'openapi-fetch'
import type { paths } from './schema.js'

export interface ClientOptions {
  /** Where the server is: '' for the page's own. */
  baseUrl: string
  token: string
  /** Which language refusals are in. */
  language?: 'fr' | 'en'
}

/** The API with the types of its own document: a path, a field or a refusal that it does not know does not compile. */
export function apiClient({ baseUrl, token, language = 'fr' }: ClientOptions) {
  return createClient<paths>({
    baseUrl,
    headers: { 'Authorization': `Bearer ${token}`, 'Accept-Language': language },
  })
}
