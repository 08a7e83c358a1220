import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#app/core/problem'

/** The clinicians' app: its files are served before this; an address that is none is one of its screens. */
export default class AppShellController {
  /** The router takes both addresses for one. */
  enter(ctx: HttpContext) {
    const [path, query] = ctx.request.request.url!.split('?')
    if (path === '/app/') return this.show(ctx)
    return ctx.response.redirect(`/app/${query ? `?${query}` : ''}`)
  }

  async show({ request, response }: HttpContext) {
    if (request.url().split('/').at(-1)!.includes('.')) throw new NotFound('not_found')
    response.header('content-type', 'text/html; charset=utf-8').header('Cache-Control', 'no-cache')
    return readFile(app.publicPath('app/index.html'), 'utf8')
  }
}
