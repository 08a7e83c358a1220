import { computed, signal } from '@preact/signals'

export type Language = 'fr' | 'en'
export type Texts = Record<string, string>
export type TextValues = Record<string, string | number>

/** The reader's language. Whatever shows a text follows it at once; `chooseLanguage` of texts/language changes it. */
export const language = signal<Language>('fr')

/** What is loaded, by language: all areas of one language in one table, under `area.key`. */
export const dictionaries = signal<Partial<Record<Language, Texts>>>({})

const plural = computed(() => new Intl.PluralRules(language.value))

/**
 * The text in the reader's language. `{name}` is replaced by the value of that name; with a `count`, `key.one` or
 * `key.other` is taken by the language's own rule (in French none is one). A key that is missing is shown itself.
 */
export function t(key: string, values: TextValues = {}): string {
  const texts = dictionaries.value[language.value] ?? {}
  const text = texts[key] ?? (typeof values.count === 'number' ? pluralOf(texts, key, values.count) : undefined)
  return text === undefined ? key : text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Whether there is such a text: for keys that are made of data. */
export function hasText(key: string): boolean {
  return (dictionaries.value[language.value] ?? {})[key] !== undefined
}

function pluralOf(texts: Texts, key: string, count: number): string | undefined {
  return texts[`${key}.${plural.value.select(count)}`] ?? texts[`${key}.other`]
}
