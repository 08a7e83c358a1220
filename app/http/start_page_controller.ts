import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { page } from '#app/http/page'

/** The page at `/`: what is where. It needs no script and asks nothing of the outside. */
export default class StartPageController {
  show(ctx: HttpContext) {
    return page(ctx, 'start.html', 'start')
  }

  async style({ response }: HttpContext) {
    response.header('content-type', 'text/css; charset=utf-8').header('Cache-Control', 'public, max-age=3600')
    return readFile(app.makePath('resources/pages/start.css'), 'utf8')
  }
}
