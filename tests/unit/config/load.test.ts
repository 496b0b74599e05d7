import { homedir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  ACCESS_TOKEN,
  APP_PASSWORD,
  bluesky,
  BOT_TOKEN,
  load,
  mastodon,
  telegram,
} from './support.ts'

describe('with nothing set', () => {
  test('everything has a sensible value and there is no account', async () => {
    const { root, ...config } = await load({})
    expect(config).toEqual({
      dataDir: path.join(root, 'data'),
      databaseUrl: null,
      redisUrl: null,
      host: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      locale: 'en',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      logLevel: 'info',
      apiToken: null,
      webhookSecret: null,
      adminPassword: null,
      holdOlderMs: 48 * 3_600_000,
      holdBurst: 10,
      approve: false,
      sources: [],
      feedIntervalMs: 900_000,
      allowPrivateSources: false,
      accounts: [],
      secrets: [],
    })
  })
})

describe('settings', () => {
  test.each([
    ['PORT', '9000', 'port', 9000],
    ['API_TOKEN', 'a-word-of-mine', 'apiToken', 'a-word-of-mine'],
    [
      'WEBHOOK_SECRET',
      `whsec_${'QUJD'.repeat(8)}`,
      'webhookSecret',
      [...Buffer.from('ABC'.repeat(8))],
    ],
    ['ADMIN_PASSWORD', 'with blanks too', 'adminPassword', 'with blanks too'],
    ['HOLD_OLDER', '36h', 'holdOlderMs', 36 * 3_600_000],
    ['HOLD_BURST', '25', 'holdBurst', 25],
    ['APPROVE', 'true', 'approve', true],
    ['PORT', '0', 'port', 0],
    ['HOST', '0.0.0.0', 'host', '0.0.0.0'],
    ['HOST', '[::1]', 'host', '::1'],
    ['PUBLIC_URL', 'https://crieur.example/', 'publicUrl', 'https://crieur.example'],
    ['FEED_INTERVAL', '30s', 'feedIntervalMs', 30_000],
    ['FEED_INTERVAL', '2h', 'feedIntervalMs', 7_200_000],
    ['FEED_INTERVAL', '10s', 'feedIntervalMs', 10_000],
    ['LOCALE', 'fr', 'locale', 'fr'],
    ['LANG', 'fr_FR.UTF-8', 'locale', 'fr'],
    ['LANG', 'de_DE.UTF-8', 'locale', 'en'],
    ['TZ', 'Europe/Paris', 'timeZone', 'Europe/Paris'],
    ['TZ', ':Europe/Paris', 'timeZone', 'Europe/Paris'],
    ['LOG_LEVEL', 'DEBUG', 'logLevel', 'debug'],
    ['ALLOW_PRIVATE_SOURCES', 'true', 'allowPrivateSources', true],
    ['ALLOW_PRIVATE_SOURCES', 'false', 'allowPrivateSources', false],
    ['DATA_DIR', '/var/lib/crieur', 'dataDir', '/var/lib/crieur'],
    ['DATA_DIR', '~/crieur', 'dataDir', path.join(homedir(), 'crieur')],
    ['DATABASE_URL', 'postgres://u@h/d', 'databaseUrl', 'postgres://u@h/d'],
    ['REDIS_URL', 'rediss://h:6380', 'redisUrl', 'rediss://h:6380'],
  ])('%s=%s', async (name, value, key, expected) => {
    expect(await load({ env: { [name]: value } })).toHaveProperty(key, expected)
  })

  test('a relative DATA_DIR starts at the checkout', async () => {
    const { root, dataDir } = await load({ env: { DATA_DIR: 'somewhere/else' } })
    expect(dataDir).toBe(path.join(root, 'somewhere/else'))
  })

  test('FEEDS holds several addresses, each once', async () => {
    const { sources } = await load({
      env: { FEEDS: ' https://a.example/feed , https://b.example/rss,,https://a.example/feed,' },
    })
    expect(sources.map(({ url }) => url)).toEqual([
      'https://a.example/feed',
      'https://b.example/rss',
    ])
  })
})

describe('.env', () => {
  test('is read, with quotes, comments, a byte order mark and Windows line ends', async () => {
    const dotenv = '\uFEFFPORT=9000 # ours\r\n# LOCALE=en\r\nLOCALE="fr"\r\n'
    expect(await load({ dotenv })).toMatchObject({ port: 9000, locale: 'fr' })
  })

  test('the environment wins', async () => {
    expect(await load({ dotenv: 'PORT=9000', env: { PORT: '9001' } })).toHaveProperty('port', 9001)
  })

  test('an empty value counts as not set, in both', async () => {
    const both = { dotenv: 'PORT=9000\nHOST=\nMASTODON_URL=""\nMASTODON_URI=', env: { PORT: ' ' } }
    expect(await load(both)).toMatchObject({ port: 9000, host: '127.0.0.1', accounts: [] })
  })

  test('the example that ships changes nothing when copied', async () => {
    const { readFile } = await import('node:fs/promises')
    const {
      root: _,
      dataDir: _one,
      ...copied
    } = await load({
      dotenv: await readFile('.env.example', 'utf8'),
    })
    const { root: _other, dataDir: _two, ...plain } = await load({})
    expect(copied).toEqual(plain)
  })
})

describe('accounts', () => {
  test('the shorthand makes one a platform, named after it', async () => {
    const { accounts } = await load({ env: { ...telegram, ...bluesky, ...mastodon } })
    expect(accounts).toMatchObject([
      { name: 'telegram', platform: 'telegram', credentials: { channel: '@journal' } },
      { name: 'bluesky', platform: 'bluesky', credentials: { handle: 'journal.bsky.social' } },
      { name: 'mastodon', platform: 'mastodon', credentials: { url: 'https://social.example' } },
    ])
  })

  test('what they do by themselves is told apart from their credentials', async () => {
    const env = {
      ...telegram,
      TELEGRAM_EDIT: 'False',
      TELEGRAM_WITHDRAWN: 'delete',
      TELEGRAM_UNCERTAIN: 'send-again',
      ...bluesky,
      BLUESKY_EDIT: '1',
    }
    const { accounts } = await load({ env })
    const plain = await load({ env: { ...telegram, ...bluesky } })
    expect(accounts.map(({ policy }) => policy)).toEqual([
      { edit: false, withdrawn: 'delete', uncertain: 'send again' },
      { edit: true },
    ])
    expect(plain.accounts.map(({ policy }) => policy)).toEqual([{}, {}])
    const credentials = plain.accounts.map((account) => account.credentials)
    expect(accounts.map((account) => account.credentials)).toEqual(credentials)
  })

  test('a file says the same for each', async () => {
    const yaml = `accounts:
  journal:
    platform: telegram
    botToken: "${BOT_TOKEN}"
    channel: "@journal"
    edit: true
    withdrawn: keep
    uncertain: send again
  court:
    platform: mastodon
    url: https://social.example
    accessToken: "${ACCESS_TOKEN}"
    edit: false
`
    const { accounts } = await load({ yaml })
    expect(accounts.map(({ policy }) => policy)).toEqual([
      { edit: true, withdrawn: 'keep', uncertain: 'send again' },
      { edit: false },
    ])
  })

  test('roots may be on this very machine', async () => {
    const { accounts } = await load({
      env: {
        ...telegram,
        TELEGRAM_API_ROOT: 'http://127.0.0.1:4001',
        ...bluesky,
        BLUESKY_SERVICE: 'http://localhost:4002/',
        ...mastodon,
        MASTODON_URL: 'http://127.0.0.1:4003',
      },
    })
    expect(accounts).toMatchObject([
      { credentials: { apiRoot: 'http://127.0.0.1:4001/' } },
      { credentials: { service: 'http://localhost:4002/' } },
      { credentials: { url: 'http://127.0.0.1:4003' } },
    ])
  })

  test('crieur.yaml names many, with secrets from the environment or .env', async () => {
    const { accounts } = await load({
      env: { NEWS_TOKEN: BOT_TOKEN },
      dotenv: `TELEGRAM_SECOND=${BOT_TOKEN}`,
      yaml: `
accounts:
  news: { platform: telegram, botToken: "\${NEWS_TOKEN}", channel: "@news" }
  private:
    platform: telegram
    botToken: \${TELEGRAM_SECOND}
    channel: -1001234567890
`,
    })
    expect(accounts).toMatchObject([
      {
        name: 'news',
        platform: 'telegram',
        credentials: { channel: '@news', botToken: BOT_TOKEN },
      },
      { name: 'private', credentials: { channel: '-1001234567890' } },
    ])
  })

  test('a shorthand setting that crieur.yaml refers to makes no account of its own', async () => {
    const { accounts } = await load({
      env: { MASTODON_ACCESS_TOKEN: ACCESS_TOKEN, MASTODON_HOME: 'https://social.example' },
      yaml: 'accounts: { m: { platform: mastodon, url: "${MASTODON_HOME}", accessToken: "${MASTODON_ACCESS_TOKEN}" } }',
    })
    expect(accounts.map(({ name }) => name)).toEqual(['m'])
  })

  test('one bot may serve the shorthand’s channel and another one', async () => {
    const { accounts } = await load({
      env: telegram,
      yaml: 'accounts: { second: { platform: telegram, botToken: "${TELEGRAM_BOT_TOKEN}", channel: "@second" } }',
    })
    expect(accounts.map(({ name }) => name)).toEqual(['telegram', 'second'])
  })

  test('CRIEUR_CONFIG names another file, from the checkout on', async () => {
    const { sources } = await load({
      env: { CRIEUR_CONFIG: 'other.yaml' },
      files: { 'other.yaml': 'sources: [{ url: https://a.example/feed }]' },
      yaml: 'nonsense: true',
    })
    expect(sources).toEqual([{ url: 'https://a.example/feed', remove: [] }])
  })

  test.each(['', '# nothing yet\n', 'accounts:\nsources:\n'])('an empty file %j', async (yaml) => {
    expect(await load({ yaml })).toMatchObject({ accounts: [], sources: [] })
  })

  test('a source of the file counts before the same one of FEEDS', async () => {
    const { sources } = await load({
      env: { FEEDS: 'https://a.example/feed' },
      yaml: 'sources: [{ url: "https://a.example/feed", remove: [.junk, .more] }]',
    })
    expect(sources).toEqual([{ url: 'https://a.example/feed', remove: ['.junk', '.more'] }])
  })
})

describe('what is kept of it', () => {
  test('every secret is listed, in each shape a log could show', async () => {
    const { secrets } = await load({
      env: {
        ...telegram,
        ...bluesky,
        DATABASE_URL: 'postgres://crieur:p%40ss-word@localhost/crieur',
        REDIS_URL: 'redis://:hush-hush@localhost',
        FEEDS: 'https://reader:feed-pass@a.example/feed',
        OTHER_TOKEN: ACCESS_TOKEN,
      },
      yaml: 'accounts: { m: { platform: mastodon, url: https://m.example, accessToken: "${OTHER_TOKEN}" } }',
    })
    expect(secrets).toEqual(
      expect.arrayContaining([
        BOT_TOKEN,
        encodeURIComponent(BOT_TOKEN),
        APP_PASSWORD,
        ACCESS_TOKEN,
        'p%40ss-word',
        'p@ss-word',
        'hush-hush',
        'feed-pass',
      ]),
    )
    expect(secrets).not.toContain('@journal')
  })

  test('a secret typed into crieur.yaml is one too', async () => {
    const { secrets } = await load({
      yaml: `accounts: { m: { platform: mastodon, url: https://m.example, accessToken: ${ACCESS_TOKEN} } }`,
    })
    expect(secrets).toContain(ACCESS_TOKEN)
  })

  test('it is frozen all the way down', async () => {
    const { accounts, sources, secrets } = await load({
      env: { ...telegram, FEEDS: 'https://a.example' },
    })
    const parts = [accounts, accounts[0], accounts[0]?.credentials, sources, sources[0], secrets]
    expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true))
  })
})
