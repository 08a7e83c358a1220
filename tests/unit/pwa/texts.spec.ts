import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from '@japa/runner'
import { dictionaries, language, t } from '#pwa/texts/t'

const TEXTS = 'resources/pwa/texts'
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
const areas = globSync(`${TEXTS}/fr/*.json`).map((path) => basename(path))
const all = (of: 'fr' | 'en') =>
  Object.fromEntries(
    areas.flatMap((file) =>
      Object.entries(read(`${TEXTS}/${of}/${file}`)).map(([key, text]) => [`${basename(file, '.json')}.${key}`, text])
    )
  )

/** Keys as they stand in the sources, whole. */
const KEY = /\bt\(\s*'([a-z_]+\.[\w.]+)'/g
const usedIn = (source: string) => [...source.matchAll(KEY)].map(([, key]) => key!)
const isThere = (texts: Record<string, string>, key: string) => key in texts || `${key}.other` in texts

test.group('The texts of the app', (group) => {
  group.each.teardown(() => {
    language.value = 'fr'
    dictionaries.value = {}
  })

  test('are the same in French and English, with the same values in them', ({ assert }) => {
    const [fr, en] = [all('fr'), all('en')]
    assert.deepEqual(Object.keys(en).sort(), Object.keys(fr).sort())
    const values = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
    for (const [key, text] of Object.entries(fr)) assert.deepEqual(values(en[key]!), values(text), key)
  })

  test('are all there where a screen asks for one by its name', ({ assert }) => {
    const texts = all('fr')
    const sources = globSync('resources/pwa/**/*.{ts,tsx}').map((path) => readFileSync(path, 'utf8'))
    const missing = new Set(sources.flatMap(usedIn).filter((key) => !isThere(texts, key)))
    assert.deepEqual([...missing], [])
    assert.deepEqual(usedIn(`t('a.planted_one')`), ['a.planted_one'], 'control')
    assert.isFalse(isThere(texts, 'a.planted_one'), 'control')
  })

  test('are typeset as French is', ({ assert }) => {
    const careless = Object.entries(all('fr')).filter(([, text]) => /'| [:;?!»]|« /.test(text))
    assert.deepEqual(careless, [])
  })

  test('count as their language does: none is one in French, and many in English', ({ assert }) => {
    const texts = { 'a.x.one': '{count} one', 'a.x.other': '{count} other' }
    dictionaries.value = { fr: texts, en: texts }
    assert.deepEqual(
      [0, 1, 2].map((count) => t('a.x', { count })),
      ['0 one', '1 one', '2 other']
    )
    language.value = 'en'
    assert.equal(t('a.x', { count: 0 }), '0 other')
    assert.equal(t('a.nowhere'), 'a.nowhere')
  })
})
