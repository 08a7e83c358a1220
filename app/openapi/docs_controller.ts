import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#app/core/problem'
import { page } from '#app/http/page'
import { readingLanguage } from '#app/http/reading_language'

const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const OURS = () => app.makePath('resources/pages')

/** What the page at /docs is made of: the package's own files, and ours that start it. */
const ASSETS: Record<string, { folder: () => string; type: string }> = {
  'swagger-ui.css': { folder: () => SWAGGER, type: 'text/css; charset=utf-8' },
  'swagger-ui-bundle.js': { folder: () => SWAGGER, type: 'text/javascript; charset=utf-8' },
  'docs.css': { folder: OURS, type: 'text/css; charset=utf-8' },
  'docs.js': { folder: OURS, type: 'text/javascript; charset=utf-8' },
}

/** The document for people: Swagger UI, from the package and not from the outside. */
export default class DocsController {
  show(ctx: HttpContext) {
    const locale = readingLanguage(ctx)
    return page(ctx, 'docs.html', 'docs', { other: locale === 'fr' ? 'en' : 'fr' })
  }

  async asset({ params, response }: HttpContext) {
    const asset = Object.hasOwn(ASSETS, params.file) ? ASSETS[params.file] : undefined
    if (!asset) throw new NotFound('route_not_found')
    response.header('content-type', asset.type).header('Cache-Control', 'public, max-age=3600')
    return readFile(join(asset.folder(), params.file))
  }
}
