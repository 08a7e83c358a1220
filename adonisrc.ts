import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],
  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    // Not for a command, which reads its texts itself and counts no requests: a quarter of a second each time.
    { file: () => import('@adonisjs/i18n/i18n_provider'), environment: ['web', 'test'] },
    { file: () => import('@adonisjs/redis/redis_provider'), environment: ['web', 'test'] },
    { file: () => import('@adonisjs/limiter/limiter_provider'), environment: ['web', 'test'] },
    { file: () => import('@adonisjs/static/static_provider'), environment: ['web', 'test'] },
    { file: () => import('#app/throttles/throttles_provider'), environment: ['web', 'test'] },
    () => import('#app/keys/keys_provider'),
    // They end in the opposite order: after all that may write the audit.
    { file: () => import('#app/anchors/sealing_provider'), environment: ['web'] },
    { file: () => import('#app/tokens/last_use_provider'), environment: ['web'] },
    { file: () => import('#app/sync/devices_provider'), environment: ['web'] },
    { file: () => import('#app/settings/settings_provider'), environment: ['web'] },
    { file: () => import('#app/mails/mails_provider'), environment: ['web'] },
    { file: () => import('#app/accounts/account_links_provider'), environment: ['web'] },
    { file: () => import('#app/sessions/sessions_provider'), environment: ['web'] },
    { file: () => import('#app/passkeys/challenges_provider'), environment: ['web'] },
    { file: () => import('#app/sync/sync_provider'), environment: ['web'] },
    { file: () => import('#app/imports/uploads_provider'), environment: ['web'] },
    { file: () => import('#app/jobs/jobs_provider'), environment: ['web'] },
  ],
  preloads: [
    { file: () => import('#start/routes'), environment: ['web', 'test'] },
    { file: () => import('#start/kernel'), environment: ['web', 'test'] },
  ],
  metaFiles: [
    { pattern: '.env.example', reloadServer: false },
    { pattern: 'resources/lang/**/*.json', reloadServer: false },
    { pattern: 'resources/mails/**', reloadServer: false },
    { pattern: 'resources/mappings/**', reloadServer: false },
    { pattern: 'resources/samples/**', reloadServer: false },
    { pattern: 'resources/pages/**', reloadServer: false },
    { pattern: 'public/app/**', reloadServer: false },
    { pattern: 'public/admin/**', reloadServer: false },
    { pattern: 'admin/texts/**', reloadServer: false },
  ],
  tests: {
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.ts'], timeout: 30_000 },
      { name: 'functional', files: ['tests/functional/**/*.spec.ts'], timeout: 60_000 },
      { name: 'contracts', files: ['tests/contracts/**/*.spec.ts'], timeout: 60_000 },
      { name: 'e2e', files: ['tests/e2e/**/*.spec.ts'], timeout: 120_000 },
      { name: 'services', files: ['tests/services/**/*.spec.ts'], timeout: 120_000 },
    ],
    forceExit: false,
  },
})
