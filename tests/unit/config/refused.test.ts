import { describe, expect, test } from 'vitest'
import {
  ACCESS_TOKEN,
  APP_PASSWORD,
  bluesky,
  BOT_TOKEN,
  type Given,
  mastodon,
  refusal,
  telegram,
} from './support.ts'

/** Every bad input: what is wrong, and what the sentence must name. Secrets must never be among it. */
const bad: [string, Given, ...string[]][] = [
  ['a port that is no number', { env: { PORT: 'http' } }, 'PORT', 'environment', 'PORT=8080'],
  ['a port too high', { env: { PORT: '65536' } }, 'PORT', '65535'],
  ['a negative port', { dotenv: 'PORT=-1' }, 'PORT', '.env'],
  ['a host with a scheme', { env: { HOST: 'http://localhost' } }, 'HOST', 'HOST=127.0.0.1'],
  ['a host with a port', { env: { HOST: 'localhost:80' } }, 'HOST'],
  ['a public address without scheme', { env: { PUBLIC_URL: 'crieur.example' } }, 'PUBLIC_URL'],
  ['a public address of mail', { env: { PUBLIC_URL: 'mailto:a@b.example' } }, 'PUBLIC_URL'],
  ['a feed without scheme', { env: { FEEDS: 'https://a.example,b.example/feed' } }, 'FEEDS'],
  ['feeds with blanks between', { env: { FEEDS: 'https://a.example https://b.example' } }, 'FEEDS'],
  ['a feed in a file', { env: { FEEDS: 'file:///etc/passwd' } }, 'FEEDS'],
  ['an interval without unit', { env: { FEED_INTERVAL: '15' } }, 'FEED_INTERVAL', '15m'],
  ['an interval under 10 s', { env: { FEED_INTERVAL: '9s' } }, 'FEED_INTERVAL', '10s'],
  ['an interval of years', { env: { FEED_INTERVAL: '999d' } }, 'FEED_INTERVAL', '7d'],
  ['a language nobody speaks here', { env: { LOCALE: 'de' } }, 'LOCALE', 'LOCALE=fr'],
  ['a time zone that is none', { env: { TZ: 'Paris' } }, 'TZ', 'Europe/Paris'],
  ['a time zone by offset', { env: { TZ: '+01:00' } }, 'TZ'],
  ['a token too short', { env: { API_TOKEN: 'short' } }, 'API_TOKEN', '8'],
  ['a secret that is none', { env: { WEBHOOK_SECRET: 'whsec_short' } }, 'WEBHOOK_SECRET', 'whsec_'],
  ['a password too short', { env: { ADMIN_PASSWORD: 'short' } }, 'ADMIN_PASSWORD', '8'],
  ['an age without unit', { env: { HOLD_OLDER: '48' } }, 'HOLD_OLDER', '48h'],
  ['no number of articles', { env: { HOLD_BURST: '0' } }, 'HOLD_BURST', 'HOLD_BURST=10'],
  ['a yes to everything that is none', { env: { APPROVE: 'maybe' } }, 'APPROVE', 'true'],
  ['a log level that is none', { env: { LOG_LEVEL: 'loud' } }, 'LOG_LEVEL', 'debug'],
  [
    'a yes that is none',
    { env: { ALLOW_PRIVATE_SOURCES: 'yep' } },
    'ALLOW_PRIVATE_SOURCES',
    'true',
  ],
  [
    'a database of another kind',
    { env: { DATABASE_URL: 'mysql://u:sesame@h/d' } },
    'DATABASE_URL',
    'postgres://',
  ],
  ['a Redis that is a page', { env: { REDIS_URL: 'http://u:sesame@h' } }, 'REDIS_URL', 'redis://'],
  [
    'a token without its channel',
    { env: { TELEGRAM_BOT_TOKEN: BOT_TOKEN } },
    'TELEGRAM_CHANNEL',
    'TELEGRAM_BOT_TOKEN',
    '@my_channel',
  ],
  ['an edit that is none', { env: { ...telegram, TELEGRAM_EDIT: 'maybe' } }, 'TELEGRAM_EDIT=true'],
  [
    'what becomes of the withdrawn, misspelt',
    { dotenv: 'MASTODON_WITHDRAWN=remove', env: mastodon },
    'MASTODON_WITHDRAWN',
    '.env',
    'keep',
    'delete',
  ],
  [
    'an answer for people that is none',
    { env: { ...telegram, TELEGRAM_UNCERTAIN: 'guess' } },
    'TELEGRAM_UNCERTAIN',
    'send again',
  ],
  [
    'an answer where nobody asks',
    { env: { ...bluesky, BLUESKY_UNCERTAIN: 'leave' } },
    'BLUESKY_UNCERTAIN',
    'BLUESKY_EDIT',
  ],
  [
    'a policy without its account',
    { env: { TELEGRAM_WITHDRAWN: 'keep' } },
    'TELEGRAM_BOT_TOKEN',
    'TELEGRAM_WITHDRAWN',
  ],
  [
    'a policy in a file that is none',
    {
      yaml: `accounts:
  journal:
    platform: mastodon
    url: https://social.example
    accessToken: "${ACCESS_TOKEN}"
    withdrawn: true
`,
    },
    'accounts.journal.withdrawn',
    'crieur.yaml, line',
    'withdrawn: delete',
  ],
  [
    'a channel without its token',
    { dotenv: 'TELEGRAM_CHANNEL=@journal' },
    'TELEGRAM_BOT_TOKEN',
    '.env',
  ],
  [
    'a handle without its password',
    { env: { BLUESKY_HANDLE: 'a.bsky.social' } },
    'BLUESKY_APP_PASSWORD',
    'xxxx-xxxx-xxxx-xxxx',
  ],
  [
    'an app password without its handle',
    { env: { BLUESKY_APP_PASSWORD: APP_PASSWORD } },
    'BLUESKY_HANDLE',
  ],
  [
    'a Mastodon token without its server',
    { env: { MASTODON_ACCESS_TOKEN: ACCESS_TOKEN } },
    'MASTODON_URL',
    'https://mastodon.social',
  ],
  [
    'a Mastodon server without a token',
    { env: { MASTODON_URL: 'https://a.example' } },
    'MASTODON_ACCESS_TOKEN',
  ],
  ['only a root', { env: { TELEGRAM_API_ROOT: 'https://a.example' } }, 'TELEGRAM_BOT_TOKEN'],
  [
    'MASTODON_URI',
    { env: { ...mastodon, MASTODON_URI: 'https://a.example' } },
    'MASTODON_URI',
    'MASTODON_URL?',
  ],
  [
    'TELEGRAM_TOKEN',
    { dotenv: `TELEGRAM_TOKEN=${BOT_TOKEN}` },
    'TELEGRAM_TOKEN',
    '.env',
    'TELEGRAM_BOT_TOKEN?',
  ],
  [
    'BLUESKY_PASSWORD',
    { env: { BLUESKY_PASSWORD: APP_PASSWORD } },
    'BLUESKY_PASSWORD',
    'BLUESKY_APP_PASSWORD?',
  ],
  [
    'a name like none',
    { env: { BLUESKY_FAVOURITE_COLOUR_OF_ALL: 'blue' } },
    'BLUESKY_FAVOURITE_COLOUR_OF_ALL',
    'BLUESKY_HANDLE',
  ],
  [
    'a token that is none',
    { env: { ...telegram, TELEGRAM_BOT_TOKEN: 'sesame' } },
    'TELEGRAM_BOT_TOKEN',
    '@BotFather',
  ],
  [
    'a channel that is none',
    { env: { ...telegram, TELEGRAM_CHANNEL: 'my channel' } },
    'TELEGRAM_CHANNEL',
    '@my_channel',
  ],
  [
    'a handle that is none',
    { env: { ...bluesky, BLUESKY_HANDLE: 'journal' } },
    'BLUESKY_HANDLE',
    'name.bsky.social',
  ],
  [
    'an account’s own password',
    { env: { ...bluesky, BLUESKY_APP_PASSWORD: 'sesame' } },
    'BLUESKY_APP_PASSWORD',
    'xxxx-xxxx-xxxx-xxxx',
  ],
  [
    'a server in clear',
    { env: { ...mastodon, MASTODON_URL: 'http://a.example' } },
    'MASTODON_URL',
    'https://mastodon.social',
  ],
  [
    'a root with a password',
    { env: { ...telegram, TELEGRAM_API_ROOT: 'https://u:sesame@a.example' } },
    'TELEGRAM_API_ROOT',
  ],
  [
    'a file that is not there',
    { env: { CRIEUR_CONFIG: 'mine.yaml' } },
    'CRIEUR_CONFIG',
    'mine.yaml',
  ],
  ['a file that is a folder', { env: { CRIEUR_CONFIG: '.' } }, 'EISDIR'],
]

const yaml: [string, string, ...string[]][] = [
  [
    'broken YAML',
    'accounts:\n  a: { platform: telegram\nsources: sesame: x',
    'crieur.yaml',
    'line 3',
  ],
  [
    'a channel without quotes',
    'accounts:\n  a:\n    channel: @journal',
    'crieur.yaml',
    'line 3',
    'quotes',
  ],
  ['an alias that leads nowhere', 'accounts: *sesame', 'crieur.yaml'],
  ['a list at the top', '- sesame', 'crieur.yaml'],
  ['an unknown top key', 'account: {}', 'account', 'line 1', 'accounts?'],
  ['accounts as a list', 'accounts:\n  - platform: telegram', 'accounts', 'line 1'],
  ['an account without keys', 'accounts:\n  news:\n', 'accounts.news', 'line 2'],
  [
    'an account without platform',
    'accounts:\n  news: { url: https://a.example }',
    'accounts.news.platform',
  ],
  [
    'an unknown platform',
    'accounts:\n  news:\n    platform: mastodn',
    'accounts.news.platform',
    'line 3',
    'platform: mastodon',
  ],
  [
    'a platform that is a map',
    'accounts:\n  news: { platform: { a: b } }',
    'accounts.news.platform',
  ],
  ['a name with a comma', 'accounts:\n  "a,b": { platform: telegram }', 'accounts.a,b', 'line 2'],
  [
    'an unknown key',
    `accounts:\n  news:\n    platform: telegram\n    botToken: "${BOT_TOKEN}"\n    chanel: "@news"`,
    'accounts.news.chanel',
    'line 5',
    'channel?',
  ],
  [
    'the environment’s name of a key',
    `accounts:\n  news: { platform: mastodon, MASTODON_URL: https://a.example }`,
    'accounts.news.MASTODON_URL',
    'url, accessToken',
  ],
  [
    'a key that is missing',
    `accounts:\n  news:\n    platform: telegram\n    botToken: "${BOT_TOKEN}"`,
    'accounts.news.channel',
    'line 2',
    'channel: "@my_channel"',
  ],
  [
    'a key that is empty',
    `accounts:\n  news:\n    platform: telegram\n    channel:\n    botToken: "${BOT_TOKEN}"`,
    'accounts.news.channel',
  ],
  [
    'a wrong value',
    `accounts:\n  news:\n    platform: bluesky\n    handle: a.bsky.social\n    appPassword: sesame`,
    'accounts.news.appPassword',
    'line 5',
    'appPassword: "xxxx-xxxx-xxxx-xxxx"',
  ],
  [
    'a reference to nothing',
    'accounts:\n  news:\n    platform: telegram\n    channel: "@a"\n    botToken: ${NEWS_TOKEN}',
    'NEWS_TOKEN',
    'accounts.news.botToken',
    'line 5',
  ],
  ['sources as a map', 'sources:\n  url: https://a.example', 'sources', 'line 1'],
  ['a source without address', 'sources:\n  - remove: [.a]', 'sources[0].url', 'line 2'],
  ['a source that is no feed', 'sources:\n  - url: ftp://a.example', 'sources[0].url', 'line 2'],
  [
    'an unknown key of a source',
    'sources:\n  - url: https://a.example\n    removes: [.a]',
    'sources[0].removes',
    'line 3',
    'remove?',
  ],
  [
    'a selector that is a number',
    'sources:\n  - url: https://a.example\n    remove: [7]',
    'sources[0].remove[0]',
    'line 3',
  ],
  [
    'the same account twice',
    ['a', 'b'].reduce(
      (text, name) =>
        `${text}  ${name}: { platform: mastodon, url: https://m.example, accessToken: ${ACCESS_TOKEN} }\n`,
      'accounts:\n',
    ),
    'accounts.b',
    'accounts.a',
    'line 3',
  ],
]

describe.each([
  ...bad,
  ...yaml.map(([name, text, ...named]): [string, Given, ...string[]] => [
    name,
    { yaml: text },
    ...named,
  ]),
])('%s', (_, given, ...named) => {
  test('is refused by name, with what to do, in both languages', async () => {
    const { kind, en, fr } = await refusal(given)
    expect(kind).toMatch(/^setting-/)
    for (const one of named) expect(en).toContain(one)
    expect(fr).toContain(named[0])
    expect(fr).not.toEqual(en)
    expect(fr).not.toMatch(/ [;:!?»](\s|$)|« /)
    for (const text of [en, fr]) {
      expect(text).not.toMatch(/undefined|\[object|null/)
      for (const secret of [BOT_TOKEN, APP_PASSWORD, ACCESS_TOKEN, 'sesame']) {
        expect(text).not.toContain(secret)
      }
    }
  })
})

test('an account of the file must not take the shorthand’s name', async () => {
  const { en } = await refusal({
    env: mastodon,
    yaml: `accounts:\n  mastodon: { platform: telegram, botToken: "${BOT_TOKEN}", channel: "@abcde" }`,
  })
  expect(en).toContain('accounts.mastodon (crieur.yaml, line 2)')
  expect(en).toContain('MASTODON_URL')
})

test('the shorthand’s account must not stand in the file again', async () => {
  const { en } = await refusal({
    env: mastodon,
    yaml: 'accounts: { again: { platform: mastodon, url: "https://social.example/@journal", accessToken: "${MASTODON_ACCESS_TOKEN}" } }',
  })
  expect(en).toContain('accounts.again')
  expect(en).toContain('MASTODON_URL')
})
