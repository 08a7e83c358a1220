import { readFileSync } from 'node:fs'

type Texts = { [key: string]: string | Texts }

const read = (language: string, name: string) =>
  JSON.parse(readFileSync(new URL(`./texts/${language}/${name}.json`, import.meta.url), 'utf8')) as Texts

/** AdminJS' dictionary in one language: what all pages say, and a file for each resource, with its name in the menu. */
export function localeOf(language: 'fr' | 'en', resources: string[]) {
  const { labels, ...common } = read(language, 'common')
  const own = Object.fromEntries(resources.map((id) => [id, read(language, id)]))
  const names = Object.fromEntries(resources.map((id) => [id, own[id]!.name!]))
  const texts = { ...common, labels: { ...(labels as Texts), ...names }, resources: own }
  return { language, availableLanguages: [language], translations: { [language]: texts }, withBackend: false }
}
