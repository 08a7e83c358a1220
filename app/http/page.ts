import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import { VERSION } from '#app/core/release'
import { clinicNow } from '#app/settings/clinic'

/** A piece of a page that is HTML already. */
export interface Html {
  html: string
}

/**
 * A page of `resources/pages` in the reader's language. `{{ name }}` is a given value, or else the text `<texts>.name` of
 * `resources/lang`. Everything is escaped but what is `Html`.
 */
export async function page(
  { locale, response }: HttpContext,
  file: string,
  texts: string,
  values: Record<string, string | Html> = {}
): Promise<string> {
  const i18n = i18nManager.locale(locale)
  const known: typeof values = { lang: locale, version: VERSION, name: clinicNow().name, ...values }
  const source = await readFile(app.makePath('resources/pages', file), 'utf8')
  response.header('content-type', 'text/html; charset=utf-8')
  return source.replaceAll(/\{\{ ?([a-z_]+) ?\}\}/g, (_, key: string) => {
    const value = known[key] ?? i18n.t(`${texts}.${key}`)
    return typeof value === 'string' ? escaped(value) : value.html
  })
}

export function escaped(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
