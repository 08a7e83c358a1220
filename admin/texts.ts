import { readFileSync } from 'node:fs'

type Texts = { [key: string]: string | Texts }

const read = (language: string, name: string) =>
  withValues(JSON.parse(readFileSync(new URL(`./texts/${language}/${name}.json`, import.meta.url), 'utf8')) as Texts)

/**
 * The pages' i18next stops at `state` when it looks for `state.active`: the text of a value is there as `state=active` as
 * well.
 */
function withValues(texts: Texts): Texts {
  const properties = Object.entries((texts.properties ?? {}) as Texts)
  const values = properties.filter(([key]) => key.includes('.')).map(([key, text]) => [key.replace('.', '='), text])
  return { ...texts, properties: { ...Object.fromEntries(properties), ...Object.fromEntries(values) } }
}

/** AdminJS' dictionary in one language: what all say, and a file for each resource and page, with its name in the menu. */
export function localeOf(language: 'fr' | 'en', { resources, pages }: { resources: string[]; pages: string[] }) {
  const { labels, ...common } = read(language, 'common')
  // Names of roles and permissions, wherever they stand.
  const values = read(language, 'values')
  const own = Object.fromEntries([...resources, ...pages].map((id) => [id, read(language, id)]))
  const named = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, own[id]!.name!]))
  const texts = {
    ...common,
    labels: { ...(labels as Texts), ...named(resources) },
    properties: { ...(common.properties as Texts), ...(values.properties as Texts) },
    pages: { ...(common.pages as Texts), ...named(pages) },
    resources: own,
  }
  return { language, availableLanguages: [language], translations: { [language]: texts }, withBackend: false }
}
