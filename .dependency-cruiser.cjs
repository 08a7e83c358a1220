// Who may import whom: core ← rules ← doors (docs/map.md). dependency-cruiser does not know the `#app/*` imports of
// package.json and passes over what it cannot resolve: tsconfig.boundaries.json names their paths, and 'resolvable'
// makes a gap an error. tests/unit/tools/import_rules.spec.ts plants a violation of each rule.
const API_DOOR = '_(controller|transformer|middleware)\\.ts$|^app/.*/(routes|operations)\\.ts$|^app/openapi/'
const SYNC_DOOR = '^app/sync/(apply_mutation|routes|.*_controller)\\.ts$'
const DOOR = [API_DOOR, SYNC_DOOR, '^app/http/', '^start/(routes|kernel|operations)\\.ts$', '^(admin|cli)/'].join('|')
const KNOWN_BY_TYPE = '^app/(users/user|audit/audit_entry)\\.ts$'
/* How names and medicines are spelt, without which nobody is found or warned offline. */
const SHARED_WITH_APP =
  '^app/(sync/(merging|protocol)|allergies/(allergy_match|plain_words|spell_substance|substance_classes|substance_names)|patients/names/[a-z_]+)\\.ts$'
const TYPES_ONLY = { dependencyTypesNot: ['type-only'] }
/* Of the back office's pages the server gives what was bundled. */
const PRODUCTION = '^(app|admin/(?!pages/)|cli|config|database|start)/|^bin/(server|console)\\.ts$'
const HTTP_PACKAGES =
  'node_modules/(@adonisjs/(core/build/(modules/(http|bodyparser)|services/(router|server)|factories/http)|' +
  'http-server|session|shield|cors|static|bodyparser)|express)(/|\\.)'

module.exports = {
  forbidden: [
    {
      name: 'resolvable',
      comment: 'An import that cannot be followed escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'core-knows-no-domain',
      comment: 'Core knows no domain but its writers (audit, changes, outbox) and two types.',
      severity: 'error',
      from: { path: '^app/core/' },
      to: {
        path: '^(app|admin|cli)/',
        pathNot: `^app/core/|^app/(audit/(record|writer)|sync/record_change|jobs/outbox)\\.ts$|${KNOWN_BY_TYPE}`,
      },
    },
    {
      name: 'core-knows-models-by-type',
      comment: 'Core names a user and an audit entry, and never loads one.',
      severity: 'error',
      from: { path: '^app/core/' },
      to: { path: KNOWN_BY_TYPE, ...TYPES_ONLY },
    },
    {
      name: 'rules-know-no-door',
      comment: 'A model, policy, validator, use-case, query or job is called by doors and knows none.',
      severity: 'error',
      from: { path: '^app/', pathNot: DOOR },
      to: { path: DOOR },
    },
    {
      name: 'rules-know-no-http',
      comment: 'A rule holds for every door, so it speaks of callers and not of requests.',
      severity: 'error',
      from: { path: '^app/', pathNot: `${DOOR}|_provider\\.ts$` },
      to: { path: `${HTTP_PACKAGES}|^(node:)?(http|https|http2)$` },
    },
    {
      name: 'back-office-and-command-line-stand-alone',
      comment: 'Doors do not import one another; app/http is what they share.',
      severity: 'error',
      from: { path: '^(admin|cli)/' },
      to: { path: DOOR, pathNot: '^$1/|^app/http/' },
    },
    {
      name: 'sync-stands-alone',
      comment: 'Doors do not import one another; app/http is what they share, and records look the same at each.',
      severity: 'error',
      from: { path: SYNC_DOOR },
      to: { path: DOOR, pathNot: `${SYNC_DOOR}|_transformer\\.ts$|^app/http/|^start/kernel\\.ts$` },
    },
    {
      name: 'api-stands-alone',
      comment: 'Doors do not import one another; app/http is what they share.',
      severity: 'error',
      from: { path: `${API_DOOR}|^app/http/`, pathNot: SYNC_DOOR },
      to: { path: `${SYNC_DOOR}|^(admin|cli)/` },
    },
    {
      name: 'doors-do-not-write',
      comment: 'A door calls a use-case or a query; it does not open the database.',
      severity: 'error',
      from: { path: DOOR },
      to: { path: 'node_modules/@adonisjs/lucid/build/services/db' },
    },
    {
      name: 'protocol-imports-nothing',
      comment: 'The PWA and the server share this file, so it depends on neither.',
      severity: 'error',
      from: { path: '^app/sync/protocol\\.ts$' },
      to: {},
    },
    {
      name: 'pwa-knows-the-protocol-only',
      comment: 'The PWA talks to the API by the generated client and the sync protocol; it shares what is only words.',
      severity: 'error',
      from: { path: '^resources/pwa/' },
      to: { path: '^(app|admin|bin|cli|config|database|start)/', pathNot: SHARED_WITH_APP },
    },
    {
      name: 'back-office-pages-know-no-server',
      comment: 'They run in a browser, beside what AdminJS loads there.',
      severity: 'error',
      from: { path: '^admin/pages/' },
      to: { path: '^(app|bin|cli|config|database|start)/|^admin/(?!pages/)' },
    },
    {
      name: 'shared-words-import-words',
      comment: 'What the PWA shares with the server must bring nothing of the server along.',
      severity: 'error',
      from: { path: SHARED_WITH_APP },
      to: { pathNot: SHARED_WITH_APP },
    },
    {
      name: 'production-needs-no-development-package',
      comment: 'What runs in production is installed there: move the package to "dependencies".',
      severity: 'error',
      from: { path: PRODUCTION },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], ...TYPES_ONLY },
    },
    {
      name: 'production-knows-no-test',
      comment: 'Tests, benchmarks and tools lean on the application, not the other way round.',
      severity: 'error',
      from: { path: PRODUCTION },
      to: { path: '^(tests|bench|tools)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A runtime cycle makes the order of loading matter; cycles of types only are harmless.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: TYPES_ONLY },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.boundaries.json' },
    doNotFollow: { path: 'node_modules' },
    // Benchmarks run what was built, where it was.
    exclude: { path: '^(\\.\\./)*build/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.d.mts', '.js', '.mjs'],
    },
  },
}
