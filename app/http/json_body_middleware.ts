import BodyParser from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { BadRequest, TooLarge, UnsupportedMediaType } from '#app/core/problem'
import { isPlainJson } from '#app/http/plain_json'
import bodyparserConfig, { LARGER_BODIES } from '#config/bodyparser'

// The parser reads every body as UTF-8, so that one in Latin-1 would lose its accents without a word.
const JSON_TYPES = new Set(['application/json', 'application/json;charset=utf-8', 'application/json;charset=utf8'])

/** By the largest body that they read. */
const parsers = new Map<string, BodyParser>()

function parserOf(limit: string): BodyParser {
  let parser = parsers.get(limit)
  if (!parser) {
    parser = new BodyParser({ ...bodyparserConfig, json: { ...bodyparserConfig.json, limit } })
    parsers.set(limit, parser)
  }
  return parser
}

/** The API speaks JSON and nothing else: a form that is silently read as an empty body would lose what it said. */
export default class JsonBodyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request } = ctx
    // Its forms are read there.
    if (request.url().startsWith('/admin')) return next()
    const type = request.header('content-type')?.replaceAll(/[\s"]/g, '').toLowerCase()
    // A POST without a body says so by its length.
    const isEmpty = request.header('content-length') === '0'
    if (request.hasBody() && !isEmpty && !JSON_TYPES.has(type ?? ''))
      throw new UnsupportedMediaType('unsupported_media_type')
    await this.read(ctx)
    const text = request.raw() ?? ''
    // A byte that is no UTF-8 was read as U+FFFD, and nobody is called A\ufffdssatou.
    if (text.includes('\ufffd') || !isPlainJson(text)) throw new BadRequest('malformed_body')
    return next()
  }

  /** Whatever fails while a body is read, a broken gzip or ten thousand brackets, is the body's fault. */
  private async read(ctx: HttpContext) {
    const limit = LARGER_BODIES.get(ctx.route?.pattern ?? '') ?? (bodyparserConfig.json.limit as string)
    try {
      await parserOf(limit).handle(ctx, async () => {})
    } catch (error) {
      const { status } = error as { status?: number }
      if (status === 413) throw new TooLarge('too_large')
      if (status === 415) throw new UnsupportedMediaType('unsupported_media_type')
      throw new BadRequest('malformed_body', { cause: error })
    }
  }
}
