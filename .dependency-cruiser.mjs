/**
 * Which room may know which (docs and pull requests name these rules). Every rule says why; each is proven
 * by a deliberately wrong import in tests/unit/checks/dependencies.test.ts.
 */

/** From the doors down: a room knows those after it. Rooms of one line are side by side. */
const floors = [
  ['cli', 'web', 'bot', 'jobs'],
  ['deliveries', 'engagement', 'shares'],
  ['sources', 'articles', 'accounts'],
  ['platforms'],
  ['posts'],
  ['notices', 'decisions'],
  ['store', 'queue', 'net', 'images', 'locale', 'config'],
]

/** `jobs/` stands beside `src/`, the other rooms in it. */
const rooms = (names) =>
  `^(${names.map((room) => (room === 'jobs' ? 'jobs' : `src/${room}`)).join('|')})/`
const packages = (names) => `node_modules/(${names.join('|')})/`
const doors = ['cli', 'web', 'bot', 'jobs']
const typesAside = { dependencyTypesNot: ['type-only'] }

/** The store's schema names the shapes that its JSON columns keep, so types may be looked up there. */
const upwards = floors.slice(1).map((floor, at) => ({
  name: `one-way-from-${floor[0]}`,
  comment:
    'Data flows one way, from the doors down: who reads a room never has to know who calls it.',
  severity: 'error',
  from: { path: rooms(floor) },
  to: {
    path: rooms(floors.slice(0, at + 1).flat()),
    ...(floor.includes('store') || floor.includes('posts') ? typesAside : {}),
  },
}))

/** Heavy clients and servers' drivers: where each may be imported, and why only there. */
const homes = [
  ['atproto-at-home', ['@atproto'], ['platforms/bluesky', 'sandbox'], 'Bluesky’s client'],
  ['masto-at-home', ['masto'], ['platforms/mastodon'], 'Mastodon’s client'],
  ['telegraf-at-home', ['telegraf'], ['platforms/telegram', 'bot'], 'Telegram’s client'],
  ['bullmq-at-home', ['bullmq', 'ioredis'], ['queue'], 'the queue’s library'],
  ['pg-at-home', ['pg'], ['store'], 'the database’s driver'],
].map(([name, clients, folders, what]) => ({
  name,
  comment: `${what} has one home: its habits with errors, time-outs and signals are tamed there, once.`,
  severity: 'error',
  from: { path: '^(src|jobs)/', pathNot: rooms(folders) },
  to: { path: packages(clients), ...(name === 'pg-at-home' ? typesAside : {}) },
}))

const house = [
  {
    name: 'no-circles',
    comment: 'Two files that need each other are one, or need a third.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'nothing-missing',
    comment: 'An import that leads nowhere breaks at run time only, where types are stripped.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'product-brings-its-packages',
    comment: '`npm start` installs run-time packages only: what is for development is not there.',
    severity: 'error',
    from: { path: '^(src|jobs)/' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], ...typesAside },
  },
  {
    name: 'product-without-tests',
    comment: 'Tests, benchmarks and scripts know the product, never the other way round.',
    severity: 'error',
    from: { path: '^(src|jobs)/' },
    to: { path: '^(tests|bench|scripts)/' },
  },
  {
    name: 'posts-pure',
    comment:
      'Writing a post is pure: measuring comes in as an argument, so preview and publishing agree.',
    severity: 'error',
    from: { path: rooms(['posts']) },
    to: { path: '^(src/(?!posts/)|jobs/)', ...typesAside },
  },
  {
    name: 'platforms-know-little',
    comment:
      'A new platform is one folder: it knows a post’s types, the net and sentences, nothing of the ledger.',
    severity: 'error',
    from: { path: rooms(['platforms']) },
    to: { path: '^src/(?!(platforms|posts|net|locale)/|(clock|log|reason)\\.ts$)' },
  },
  {
    name: 'platforms-take-types-of-posts',
    comment: 'A platform is handed finished parts: of posts it needs the shapes only.',
    severity: 'error',
    from: { path: rooms(['platforms']) },
    to: { path: rooms(['posts']), ...typesAside },
  },
  {
    name: 'platforms-apart',
    comment:
      'Platforms never know each other: one may go, or be rewritten, without a look at the rest.',
    severity: 'error',
    from: { path: '^src/platforms/([^/]+)/' },
    to: { path: '^src/platforms/[^/]+/', pathNot: '^src/platforms/$1/' },
  },
  ...doors.map((door) => ({
    name: `doors-apart-${door}`,
    comment:
      'The doors never meet: what two of them need is a decision, and lives in its noun’s folder.',
    severity: 'error',
    from: { path: rooms([door]) },
    to: { path: rooms(doors.filter((other) => other !== door)) },
  })),
  {
    name: 'app-for-doors',
    comment: 'Only main, jobs and the doors name App: everybody else takes the few things needed.',
    severity: 'error',
    from: { path: '^(src|jobs)/', pathNot: [rooms(doors), '^src/(main|app)\\.ts$'] },
    to: { path: '^src/app\\.ts$' },
  },
  {
    name: 'main-is-first',
    comment: 'main knows every room; nobody needs main.',
    severity: 'error',
    from: { pathNot: '^src/main\\.ts$' },
    to: { path: '^src/main\\.ts$' },
  },
  {
    name: 'sandbox-aside',
    comment:
      'The product behaves the same without its stand-ins: only what starts them knows them.',
    severity: 'error',
    from: {
      path: '^(src|jobs)/',
      pathNot: ['^src/sandbox/', rooms(['cli']), '^src/(main|app)\\.ts$'],
    },
    to: { path: '^src/sandbox/' },
  },
  {
    name: 'sandbox-knows-little',
    comment: 'A stand-in that shared code with what it stands in for would repeat its mistakes.',
    severity: 'error',
    from: { path: '^src/sandbox/' },
    to: {
      path: rooms([...floors[0], ...floors[1], ...floors[2], 'platforms', 'posts']),
      ...typesAside,
    },
  },
  {
    name: 'config-by-itself',
    comment: 'Settings are read first, before anything else stands: config knows sentences only.',
    severity: 'error',
    from: { path: rooms(['config']) },
    to: { path: '^src/(?!(config|locale)/|reason\\.ts$)', ...typesAside },
  },
]

export default {
  forbidden: [...upwards, ...homes, ...house],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
