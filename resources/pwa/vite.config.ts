import { defineConfig } from 'vite'

const root = new URL('../..', import.meta.url).pathname

/** Built to `public/app` and served at `/app/`. `tools/build_pwa.mjs` adds the service worker and checks the budget. */
export default defineConfig({
  root: `${root}resources/pwa`,
  base: '/app/',
  publicDir: `${root}resources/pwa/static`,
  resolve: {
    alias: [
      { find: /^#pwa\//, replacement: `${root}resources/pwa/` },
      { find: /^#app\//, replacement: `${root}app/` },
    ],
  },
  build: {
    outDir: `${root}public/app`,
    emptyOutDir: true,
    manifest: true,
    // A policy without `data:` scripts and fonts; a file is also cached by itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
})
