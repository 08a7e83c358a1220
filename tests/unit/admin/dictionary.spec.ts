import { readdirSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'

type Texts = { [key: string]: string | Texts }

const FOLDER = 'admin/texts'
const FILES = readdirSync(`${FOLDER}/fr`)

function textsOf(language: 'fr' | 'en', file: string) {
  const texts: Record<string, string> = {}
  const collect = (value: Texts, path: string[]) => {
    for (const [key, inner] of Object.entries(value))
      if (typeof inner === 'string') texts[[...path, key].join('.')] = inner
      else collect(inner, [...path, key])
  }
  collect(JSON.parse(readFileSync(`${FOLDER}/${language}/${file}`, 'utf8')) as Texts, [])
  return texts
}

/* Words that the other language has not, or not alone. */
const WORDS = {
  fr: /[«»]|\b(le|les|des|du|une|est|sont|vous|votre|pour|avec|dans|aux|ou|et|cette|qui|être|été)\b|\b[ldnsqc]’/i,
  en: /[“”]|\b(the|and|of|your|is|are|was|with|this|what|which|by|from|yet|been)\b/i,
}
/* Of any language. */
const NAMES = /Côte d’Ivoire|Burkina Faso/g

test.group('The dictionary of the back office', () => {
  test('has the same files and keys in both languages', ({ assert }) => {
    assert.deepEqual(readdirSync(`${FOLDER}/en`), FILES)
    for (const file of FILES)
      assert.sameMembers(Object.keys(textsOf('en', file)), Object.keys(textsOf('fr', file)), file)
  })

  for (const [language, other] of [
    ['fr', 'en'],
    ['en', 'fr'],
  ] as const)
    test(`says nothing in ${other} where it speaks ${language}`, ({ assert }) => {
      for (const file of FILES)
        for (const [key, text] of Object.entries(textsOf(language, file)))
          assert.notMatch(text.replaceAll(NAMES, ''), WORDS[other], `${file} ${key}`)
    })

  test('repeats no sentence: only single words are the same in both', ({ assert }) => {
    for (const file of FILES) {
      const english = textsOf('en', file)
      for (const [key, text] of Object.entries(textsOf('fr', file)))
        if (/\p{L}\s+\p{L}/u.test(text.replaceAll(NAMES, ''))) assert.notEqual(english[key], text, `${file} ${key}`)
    }
  })

  test('writes French with its own apostrophe', ({ assert }) => {
    for (const file of FILES)
      for (const [key, text] of Object.entries(textsOf('fr', file))) assert.notInclude(text, `'`, `${file} ${key}`)
  })
})
