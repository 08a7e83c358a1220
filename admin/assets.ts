import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import app from '@adonisjs/core/services/app'

const { resolve } = createRequire(import.meta.url)
/* The packages name no file below their entry, and nothing of them is loaded to find it. */
const adminjs = () => join(dirname(resolve('adminjs')), 'lib/frontend/assets')
const designSystem = () => join(dirname(resolve('@adminjs/design-system')), '../bundle.production.js')

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff: 'font/woff',
  ttf: 'font/ttf',
}

/** What the pages load, by its name in the address. AdminJS would give other files where it is not in production. */
const FILES: Record<string, () => string> = {
  'app.bundle.js': () => join(adminjs(), 'scripts/app-bundle.production.js'),
  'global.bundle.js': () => join(adminjs(), 'scripts/global-bundle.production.js'),
  'design-system.bundle.js': designSystem,
  'components.bundle.js': () => app.publicPath('admin/components.js'),
  'icomoon.css': () => join(adminjs(), 'styles/icomoon.css'),
  'icomoon.woff': () => join(adminjs(), 'fonts/icomoon.woff'),
  'icomoon.ttf': () => join(adminjs(), 'fonts/icomoon.ttf'),
}

/** Null where there is none of this name. */
export function assetOf(name: string) {
  const path = Object.hasOwn(FILES, name) ? FILES[name]!() : null
  return path && { type: TYPES[name.split('.').at(-1)!]!, stream: () => createReadStream(path), path }
}
