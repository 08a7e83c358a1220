import { readFile } from 'node:fs/promises'
import i18nManager from '@adonisjs/i18n/services/main'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { VERSION } from '#app/core/release'
import env from '#start/env'

/** The page at `/`: what is where. It needs no script and asks nothing of the outside. */
export default class StartPageController {
  async show({ locale, response }: HttpContext) {
    const i18n = i18nManager.locale(locale)
    const values: Record<string, string> = { lang: locale, version: VERSION, name: env.get('APP_NAME', 'MedInfo') }
    const page = await readFile(app.makePath('resources/pages/start.html'), 'utf8')
    response.header('content-type', 'text/html; charset=utf-8')
    return page.replaceAll(/\{\{ ?([a-z_]+) ?\}\}/g, (_, key: string) => escaped(values[key] ?? i18n.t(`start.${key}`)))
  }

  async style({ response }: HttpContext) {
    response.header('content-type', 'text/css; charset=utf-8').header('Cache-Control', 'public, max-age=3600')
    return readFile(app.makePath('resources/pages/start.css'), 'utf8')
  }
}

function escaped(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
