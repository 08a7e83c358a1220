import { readdir, readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { Page } from 'playwright-core'

/**
 * Collects what a page complains of, each address that it asks, and each text that the server's answers bring: the records'
 * own words.
 */
export function watched(page: Page) {
  const complaints: string[] = []
  const [data, addresses] = [new Set<string>(), new Set<string>()]
  page.on('request', (request) => addresses.add(request.url()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('response', async (answer) => {
    if (!answer.url().includes('/admin/api/')) return
    const body: unknown = await answer.json().catch(() => null)
    const { records, record, offers } = (body ?? {}) as { records?: unknown; record?: unknown; offers?: unknown }
    collect(answer.url().includes('/admin/api/pages/') ? body : [records ?? record, offers], data)
  })
  return { complaints, data, addresses }
}

function collect(value: unknown, into: Set<string>) {
  if (typeof value === 'string' || typeof value === 'number') into.add(normal(String(value)))
  else if (value && typeof value === 'object') for (const one of Object.values(value)) collect(one, into)
}

const normal = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** Every text of the dictionary; where something is filled in, whatever stands there. */
async function dictionary(): Promise<RegExp> {
  const folder = app.makePath('admin/texts/fr')
  const texts = new Set<string>()
  for (const file of await readdir(folder)) collect(JSON.parse(await readFile(`${folder}/${file}`, 'utf8')), texts)
  const patterns = [...texts].map((text) => RegExp.escape(text).replaceAll(/\\\{\\\{.*?\\\}\\\}/g, '.+'))
  return new RegExp(`^(${patterns.join('|')})$`)
}

const MONTHS =
  'janv(ier|.)|févr(ier|.)|mars|avr(il|.)|mai|juin|juill(et|.)|août|sept(embre|.)|oct(obre|.)|nov(embre|.)|déc(embre|.)'
/** What is of no language, or of French by its form. */
const FORMS = [
  /^[\d\s+–/↑↓,]*$/,
  new RegExp(`^\\d{1,2}(er)? (${MONTHS}) \\d{4}((?: à|,) \\d{2}:\\d{2}(:\\d{2})?)?$`),
  /^MedInfo$/,
]

/** What one reads or hears of the page and finds neither in the French dictionary nor in the records. */
export async function foreignTexts(page: Page, data: Set<string>): Promise<string[]> {
  const known = await dictionary()
  const isKnown = (text: string) => known.test(text) || data.has(text) || FORMS.some((form) => form.test(text))
  const found = (await page.evaluate(SEEN)) as string[]
  return found
    .map(normal)
    .filter((text) => !isKnown(text) && !isKnown(text.replace(/ – MedInfo$/, '')))
    .filter((text) => !text.split(', ').every(isKnown))
}

/** As a text, since what runs in the page is not compiled with this file. */
const SEEN = `(() => {
  const seen = [document.title]
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    if (!node.parentElement.closest('script, style')) seen.push(node.textContent)
  for (const element of document.body.querySelectorAll('[placeholder], [aria-label], [title], [alt]'))
    for (const name of ['placeholder', 'aria-label', 'title', 'alt']) seen.push(element.getAttribute(name) ?? '')
  return seen
})()`
