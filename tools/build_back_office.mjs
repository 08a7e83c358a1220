// The back office's own components, bundled to public/admin; what AdminJS brings is loaded before them.
import { join } from 'node:path'
import { isMain, projectRoot } from './project.mjs'

/* AdminJS' bundles leave these in the page. */
const GLOBALS = {
  'react': 'React',
  'react-dom': 'ReactDOM',
  'react-redux': 'ReactRedux',
  'react-router': 'ReactRouter',
  'react-router-dom': 'ReactRouterDOM',
  'redux': 'Redux',
  'adminjs': 'AdminJS',
  '@adminjs/design-system': 'AdminJSDesignSystem',
  '@adminjs/design-system/styled-components': 'styled',
}

export async function buildBackOffice({ root = projectRoot, outDir = join(root, 'public/admin') } = {}) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: join(root, 'admin/pages'),
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: 'index.ts', formats: ['iife'], name: 'MedInfoBackOffice', fileName: () => 'components.js' },
      rolldownOptions: { external: Object.keys(GLOBALS), output: { globals: GLOBALS } },
    },
  })
}

if (isMain(import.meta.url)) await buildBackOffice()
