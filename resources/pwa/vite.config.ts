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
    // On a line of 400 ms a round trip files cost more than bytes, and the worker fetches them one after the other.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Not the entry itself, which the manifest would not name any more.
            { name: 'shell', tags: ['$initial'], priority: 1, test: (id) => !/\/(main\.tsx|index\.html)$/.test(id) },
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
})
