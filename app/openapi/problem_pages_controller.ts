import i18nManager from '@adonisjs/i18n/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#app/core/problem'
import { escaped, page } from '#app/http/page'
import { PROBLEMS, problemEntry } from '#app/http/problem_catalogue'
import { problemExample } from '#app/http/problem_example'
import { readingLanguage } from '#app/http/reading_language'

/** The page that a problem's `type` leads to: what it means, what to do, what it looks like. */
export default class ProblemPagesController {
  index(ctx: HttpContext) {
    const locale = readingLanguage(ctx)
    const i18n = i18nManager.locale(locale)
    const rows = Object.keys(PROBLEMS).map((code) => {
      const { status } = problemEntry(code)!
      const title = escaped(i18n.t(`problems.${code}.title`))
      return `<li><a href="/problems/${code}?lang=${locale}"><code>${status} ${code}</code></a> <span>${title}</span></li>`
    })
    return page(ctx, 'problems.html', 'problem_pages', { other: other(locale), rows: { html: rows.join('\n') } })
  }

  show(ctx: HttpContext) {
    const code = String(ctx.params.code)
    const entry = problemEntry(code)
    if (!entry) throw new NotFound('route_not_found')
    const locale = readingLanguage(ctx)
    const i18n = i18nManager.locale(locale)
    return page(ctx, 'problem.html', 'problem_pages', {
      code,
      other: other(locale),
      status: String(entry.status),
      title: i18n.t(`problems.${code}.title`),
      detail: i18n.t(`problems.${code}.detail`),
      remedy: i18n.t(`problems.${code}.remedy`),
      body: JSON.stringify(problemExample(code, locale), null, 2),
    })
  }
}

function other(locale: string) {
  return locale === 'fr' ? 'en' : 'fr'
}
