import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { problemEntry, PROBLEMS } from '#app/http/problem_catalogue'

type Texts = Record<string, { title?: string; detail?: string; remedy?: string }>
const textsOf = (locale: string) => JSON.parse(readFileSync(`resources/lang/${locale}/problems.json`, 'utf8')) as Texts
const CODES = Object.keys(PROBLEMS)

test.group('The page of a problem', () => {
  for (const [locale, other] of [
    ['fr', 'en'],
    ['en', 'fr'],
  ] as const) {
    test(`has a title, a meaning and a remedy for every code in ${locale}`, ({ assert }) => {
      const texts = textsOf(locale)
      for (const code of CODES)
        for (const part of ['title', 'detail', 'remedy'] as const)
          assert.isAtLeast(texts[code]?.[part]?.length ?? 0, 5, `${code}.${part}`)
    })

    test(`is where the problem’s type leads, in ${locale}, with an example and the way to the other language`, async ({
      client,
      assert,
    }) => {
      const texts = textsOf(locale)
      for (const code of CODES) {
        const answer = await client.get(`/problems/${code}`).qs({ lang: locale })
        assert.equal(answer.status(), 200, code)
        assert.match(answer.header('content-type')!, /^text\/html; charset=utf-8/)
        const html = answer.text().replaceAll('&quot;', '"')
        for (const part of ['title', 'detail', 'remedy'] as const) assert.include(html, texts[code]![part]!, code)
        assert.include(html, `<html lang="${locale}">`)
        assert.include(html, `"status": ${problemEntry(code)!.status}`)
        assert.include(html, `/problems/${code}?lang=${other}`)
        assert.notMatch(html, /\{\{|undefined|translation missing|<script/i)
      }
    })

    test(`is listed with all others in ${locale}`, async ({ client, assert }) => {
      const html = (await client.get('/problems').qs({ lang: locale })).text()
      assert.include(html, `<html lang="${locale}">`)
      for (const code of CODES) assert.include(html, `href="/problems/${code}?lang=${locale}"`)
    })
  }

  test('is not found for a code that no answer has', async ({ client, assert }) => {
    for (const code of ['nothing', 'constructor', '%3Cscript%3E'])
      assert.equal((await client.get(`/problems/${code}`)).status(), 404)
  })

  test('speaks the browser’s language until the reader switches', async ({ client, assert }) => {
    const english = client.get('/problems/forbidden').header('accept-language', 'en-GB')
    assert.include((await english).text(), '<html lang="en">')
    const switched = client.get('/problems/forbidden').header('accept-language', 'en-GB').qs({ lang: 'fr' })
    const answer = await switched
    assert.include(answer.text(), '<html lang="fr">')
    assert.equal(answer.header('content-language'), 'fr')
  })
})
