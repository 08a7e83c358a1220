import { test } from '@japa/runner'
import { linkAddress } from '#app/mails/app_address'
import { composeMail, type MailContent } from '#app/mails/compose_mail'
import { MAIL_KINDS, type MailKind } from '#app/mails/mail_kinds'
import { filledIn } from '#app/mails/mail_texts'

const KINDS = Object.keys(MAIL_KINDS) as MailKind[]
const LANGUAGES = ['fr', 'en'] as const
const VALUE = 'abc-_0123456789'

const compose = (kind: MailKind, given: Partial<MailContent> = {}) =>
  composeMail({ kind, language: 'fr', name: null, link: MAIL_KINDS[kind].link && VALUE, ...given })

test.group('Every mail', () => {
  for (const kind of KINDS)
    for (const language of LANGUAGES)
      test(`says what it has to say: ${kind}, ${language}`, async ({ assert }) => {
        const { subject, text, html } = await compose(kind, { language })
        const purpose = MAIL_KINDS[kind].link
        assert.match(subject, /^MedInfo ?: /)
        for (const part of [subject, text, html]) {
          assert.notMatch(part, /undefined|\[object|\{\w+\}|\{\{|@(each|if|end)/)
          assert.equal(part, part.normalize('NFC'))
        }
        assert.include(html, `<html lang="${language}">`)
        assert.include(text, language === 'fr' ? 'Bonjour,' : 'Hello,')
        assert.isAbove(text.split('\n\n').length, 3)
        for (const part of [text, html]) assert.equal(part.includes(VALUE), purpose !== null)
        if (purpose) for (const part of [text, html]) assert.include(part, linkAddress(purpose, VALUE))
      })

  test('is another one in the other language', async ({ assert }) => {
    for (const kind of KINDS) {
      const [french, english] = [await compose(kind), await compose(kind, { language: 'en' })]
      assert.notEqual(french.subject, english.subject)
      assert.notEqual(french.text, english.text)
    }
  })

  test('loads nothing from outside, and runs nothing', async ({ assert }) => {
    for (const kind of KINDS) {
      const { html } = await compose(kind)
      assert.notMatch(html, /<(img|script|link|iframe|form|object)\b|url\(|@import|\son\w+=/i)
      const addresses = [...html.matchAll(/(?:https?:)?\/\/[^"\s<]+/g)].map(([address]) => address)
      const own = MAIL_KINDS[kind].link
      assert.deepEqual(new Set(addresses), new Set(own ? [linkAddress(own, VALUE)] : []))
    }
  })

  test('shows markup in a name as text', async ({ assert }) => {
    const { html, text } = await compose('invitation', { name: '<script>alert("1")</script> & Cie' })
    assert.notInclude(html, '<script>')
    assert.include(html, '&lt;script&gt;')
    assert.include(text, 'Bonjour <script>alert("1")</script> & Cie,')
  })

  test('says no line of its own that came with a name', async ({ assert }) => {
    const { subject, text } = await compose('invitation', { name: 'Awa\r\nBcc: x@example.org\u2028Cliquez' })
    assert.notMatch(subject, /[\r\n]/)
    assert.include(text, 'Bonjour Awa Bcc: x@example.org Cliquez,')
  })

  test('does not fill in what a name asks for', async ({ assert }) => {
    const { text } = await compose('invitation', { name: '{app} {{ link }} $& @if(link)' })
    assert.include(text, 'Bonjour {app} {{ link }} $& @if(link),')
  })

  test('has no line that begins with a sign, in French', async ({ assert }) => {
    for (const kind of KINDS) {
      const { text, html } = await compose(kind)
      for (const part of [text, html.replace(/<head>[^]*<\/head>/, '')]) assert.notMatch(part, /\p{L} [:;?!»]/u)
    }
  })

  test('says how long its link is good', async ({ assert }) => {
    assert.match((await compose('password_reset')).text, /valable 1\sheure et/)
    assert.match((await compose('registration')).text, /valable 24\sheures et/)
    assert.match((await compose('invitation', { language: 'en' })).text, /good for 7\sdays and/)
  })

  test('a text that nobody fills would be seen', ({ assert }) => {
    assert.throws(() => filledIn('Bonjour {nom}', { name: 'Awa' }), /\{nom\}/)
  })
})

test.group('The link in a mail', () => {
  test('keeps its value where no server log holds it', ({ assert }) => {
    const { search, pathname, hash } = new URL(linkAddress('password_reset', VALUE))
    assert.deepEqual({ search, pathname, hash }, { search: '', pathname: '/app/password-reset', hash: `#${VALUE}` })
  })
})
