import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { draft, keepDraft } from '#pwa/device/drafts'
import { askPage, type Page } from '#pwa/screens/patients/ask_page'
import { whoIs, type Who } from '#pwa/screens/patients/who'
import { api, ask, type Answer } from '#pwa/session/session'

/** A name, a date of birth, a number, a phone or a national id; the server answers with whom it may be. */
export interface SearchKeys {
  name?: string
  dob?: string
  mrn?: string
  phone?: string
  national_id?: string
  national_id_country?: string
}

/** Whoever was found beyond the device, so that the next screen can say of whom it is. */
export const foundElsewhere = signal<ReadonlyMap<string, Who>>(new Map())

/** Looks on the server for anybody at all. Needs a network and `patients.find`. */
export async function searchServer(keys: SearchKeys, cursor?: string): Promise<Answer<Page<Who>>> {
  const { data, problem } = await askPage(
    api.GET('/api/v1/patients/search', { params: { query: { ...keys, cursor } } })
  )
  if (problem) return { problem }
  const rows = data.rows.map(whoIs)
  add(rows)
  return { data: { rows, next: data.next } }
}

/** As `searchServer`, by what somebody typed. Where that may be several keys, one that the server refuses finds nobody. */
export async function searchEverywhere(text: string, cursor?: string): Promise<Answer<Page<Who>>> {
  const answers = await Promise.all(keysOf(text).map((keys) => searchServer(keys, cursor)))
  const pages = answers.flatMap(({ data }) => data ?? [])
  if (!pages.length) return answers[0]!
  const rows = new Map(pages.flatMap((page) => page.rows.map((each) => [each.id, each])))
  return { data: { rows: [...rows.values()], next: answers.length === 1 ? pages[0]!.next : null } }
}

/** As the server makes them; a former system's numbers have digits. */
const MRN = /^[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]$/i

/** A date (dd/mm/yyyy or yyyy-mm-dd), else a phone, a number or a national id by their digits, else a name. */
function keysOf(text: string): SearchKeys[] {
  const typed = text.trim()
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed)
  if (day) return [{ dob: `${day[3]}-${day[2]!.padStart(2, '0')}-${day[1]!.padStart(2, '0')}` }]
  if (/^\d{4}-\d\d-\d\d$/.test(typed)) return [{ dob: typed }]
  if (MRN.test(typed)) return [{ mrn: typed }, { name: typed }]
  if (!/\d/.test(typed) || /\p{L}+\s+\p{L}/u.test(typed)) return [{ name: typed }]
  const phone = /^[+\d][\d ().\-/]{5,}$/.test(typed) ? [{ phone: typed }] : []
  return [{ mrn: typed }, { national_id: typed }, ...phone]
}

/** Who it is by the server, for whoever has just opened the chart there. */
export async function askWho(id: string): Promise<void> {
  const { data } = await ask(api.GET('/api/v1/patients/{id}', { params: { path: { id } } }))
  if (data) add([whoIs(data)])
}

function add(found: Who[]) {
  if (!found.length) return
  foundElsewhere.value = new Map([...foundElsewhere.value, ...found.map((each) => [each.id, each] as const)])
}

const KEPT = 'patients:found'
const KEPT_MOST = 20
const KEPT_MS = 7 * 86_400_000

interface KeptWho {
  at: number
  who: Who
}

/**
 * Who somebody is that was found beyond the device. Whoever is worked on is kept, sealed as all that the device holds,
 * so that a reload does not forget of whom a chart or a result is.
 */
export function useFoundElsewhere(id: string): Who | undefined {
  const who = foundElsewhere.value.get(id)
  useEffect(() => void (who ? keep(who) : recallFound()), [who, id])
  return who
}

async function keep(who: Who) {
  const others = (await kept()).filter((each) => each.who.id !== who.id)
  await keepDraft(KEPT, [{ at: Date.now(), who }, ...others].slice(0, KEPT_MOST))
}

/** Takes what is kept into memory; what was found since stays. */
export async function recallFound(): Promise<void> {
  const known = foundElsewhere.peek()
  add((await kept()).map(({ who }) => who).filter(({ id }) => !known.has(id)))
}

async function kept(): Promise<KeptWho[]> {
  const all = (await draft<KeptWho[]>(KEPT)) ?? []
  return all.filter(({ at }) => at > Date.now() - KEPT_MS)
}
