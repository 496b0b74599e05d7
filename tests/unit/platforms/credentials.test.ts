import { describe, expect, test } from 'vitest'
import { platforms } from '../../../src/platforms/registry.ts'
import type { PlatformId } from '../../../src/platforms/platform.ts'

const token = `123456789:${'A'.repeat(35)}`
const telegram = { botToken: token, channel: '@square' }
const bluesky = { handle: 'crier.bsky.social', appPassword: 'abcd-efgh-ijkl-mnop' }
const mastodon = { url: 'https://town.example', accessToken: 'a-token-of-some-length' }

const parse = (id: PlatformId, given: object) => platforms[id].credentials.schema.safeParse(given)

describe('what people paste is understood', () => {
  test.for<[PlatformId, object, object]>([
    [
      'telegram',
      telegram,
      { channel: '@square', apiRoot: 'https://api.telegram.org/', admins: [] },
    ],
    ['telegram', { ...telegram, channel: 'square' }, { channel: '@square' }],
    ['telegram', { ...telegram, channel: ' https://t.me/square ' }, { channel: '@square' }],
    ['telegram', { ...telegram, channel: 't.me/s/square?before=4' }, { channel: '@square' }],
    ['telegram', { ...telegram, channel: 'https://t.me/square/12' }, { channel: '@square' }],
    [
      'telegram',
      { ...telegram, channel: 'https://t.me/c/1234567890/5' },
      { channel: '-1001234567890' },
    ],
    ['telegram', { ...telegram, channel: -1001234567890 }, { channel: '-1001234567890' }],
    [
      'telegram',
      { ...telegram, apiRoot: 'http://127.0.0.1:8081/x' },
      { apiRoot: 'http://127.0.0.1:8081/x/' },
    ],
    ['telegram', { ...telegram, admins: '123456, 654321' }, { admins: ['123456', '654321'] }],
    ['telegram', { ...telegram, admins: 123456 }, { admins: ['123456'] }],
    [
      'bluesky',
      { ...bluesky, handle: '@crier.bsky.social' },
      { handle: 'crier.bsky.social', service: 'https://bsky.social/' },
    ],
    [
      'bluesky',
      { ...bluesky, handle: 'https://bsky.app/profile/crier.example' },
      { handle: 'crier.example' },
    ],
    ['bluesky', { ...bluesky, handle: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa' }, {}],
    ['bluesky', { ...bluesky, handle: 'crier@town.example' }, {}],
    [
      'bluesky',
      { ...bluesky, appPassword: 'anything goes', service: 'http://localhost:2583' },
      { service: 'http://localhost:2583/' },
    ],
    ['mastodon', { ...mastodon, url: 'town.example' }, { url: 'https://town.example' }],
    [
      'mastodon',
      { ...mastodon, url: 'https://town.example/@crier' },
      { url: 'https://town.example' },
    ],
    ['mastodon', { ...mastodon, url: 'http://[::1]:3000' }, { url: 'http://[::1]:3000' }],
  ])('%s %o', ([id, given, expected]) => {
    const { data } = parse(id, given)
    expect(data).toMatchObject(expected)
    // what came out goes in again: credentials are parsed by the configuration and when connecting
    expect(parse(id, Object(data)).data).toEqual(data)
  })
})

describe('what cannot work is refused, without showing a secret', () => {
  test.for<[PlatformId, object, string]>([
    ['telegram', { ...telegram, botToken: 'secret-that-is-no-token' }, 'botToken'],
    ['telegram', { ...telegram, channel: 'https://t.me/+aBcDeF' }, 'channel'],
    ['telegram', { ...telegram, channel: '@ab' }, 'channel'],
    ['telegram', { ...telegram, apiRoot: 'http://api.example' }, 'apiRoot'],
    ['telegram', { ...telegram, apiRoot: 'https://me:secret@api.example' }, 'apiRoot'],
    ['telegram', { ...telegram, admins: 'someone' }, 'admins'],
    ['bluesky', { ...bluesky, appPassword: 'secret of the account' }, 'appPassword'],
    [
      'bluesky',
      { ...bluesky, appPassword: 'secret', service: 'https://bsky.social' },
      'appPassword',
    ],
    ['bluesky', { ...bluesky, handle: 'crier' }, 'handle'],
    ['bluesky', { ...bluesky, service: 'ftp://127.0.0.1' }, 'service'],
    ['mastodon', { ...mastodon, url: 'http://town.example' }, 'url'],
    ['mastodon', { ...mastodon, url: 'https://' }, 'url'],
    ['mastodon', { ...mastodon, accessToken: 'secret with blanks' }, 'accessToken'],
  ])('%s %o', ([id, given, field]) => {
    const { error } = parse(id, given)
    expect(error?.issues[0]?.path[0]).toBe(field)
    expect(error?.message).not.toContain('secret')
  })

  test('an unknown key', () => {
    expect(parse('mastodon', { ...mastodon, token: 'x' }).success).toBe(false)
  })
})

test('every setting belongs to a key of its credentials', () => {
  for (const { credentials } of Object.values(platforms)) {
    expect(Object.keys(credentials.settings)).toEqual(
      expect.arrayContaining([...credentials.required]),
    )
  }
})

test('delivery keys are what the platform takes as such', () => {
  const now = new Date('2026-03-04T05:06:07Z')
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
  expect(platforms.mastodon.newKey(now, Math.random)).toMatch(uuid)
  expect(platforms.telegram.newKey(now, () => 0.999)).toMatch(uuid)
  expect(platforms.bluesky.newKey(now, Math.random)).toMatch(/^[234567abcdefghij][234567a-z]{12}$/)
})
