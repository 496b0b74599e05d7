import { jsonToLex, lexicons } from '@atproto/api'
import { describe, expect, test } from 'vitest'
import { addressOf, checked, recordOf } from '../../../../src/platforms/bluesky/record.ts'
import { PlatformError } from '../../../../src/platforms/error.ts'
import type { Draft } from '../../../../src/posts/post.ts'
import { draft, publication } from '../support.ts'

const thumbnail = {
  $type: 'blob',
  ref: { $link: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy' },
  mimeType: 'image/jpeg',
  size: 1234,
}
const full: Draft = {
  ...draft,
  text: 'Café #news town.example',
  language: 'fr',
  facets: [
    { kind: 'hashtag', start: 6, end: 11, value: 'news' },
    { kind: 'link', start: 12, end: 24, value: 'https://town.example/a' },
  ],
  card: { url: 'https://town.example/a', title: 'A', description: '', image: null, above: false },
}
const check = (record: object) => checked(record, { jsonToLex, lexicons })

describe('a draft as a record', () => {
  test('says everything the draft says, the picture unchanged', () => {
    const record = recordOf(full, {
      ...publication,
      media: [{ ref: thumbnail, width: 4, height: 3, alt: '' }],
    })
    expect(record).toEqual({
      $type: 'app.bsky.feed.post',
      text: 'Café #news town.example',
      createdAt: '2026-03-04T05:06:07.000Z',
      langs: ['fr'],
      facets: [
        {
          index: { byteStart: 6, byteEnd: 11 },
          features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'news' }],
        },
        {
          index: { byteStart: 12, byteEnd: 24 },
          features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://town.example/a' }],
        },
      ],
      embed: {
        $type: 'app.bsky.embed.external',
        external: { uri: 'https://town.example/a', title: 'A', description: '', thumb: thumbnail },
      },
    })
    expect(JSON.parse(JSON.stringify(check(record)))).toEqual(record)
  })

  test('has no card, facets or language where the draft has none', () => {
    const record = recordOf({ ...draft, language: null }, publication)
    expect(Object.keys(record)).toEqual(['$type', 'text', 'createdAt'])
    expect(() => check(record)).not.toThrow()
  })

  test('goes out without a language that is none', () => {
    expect(recordOf({ ...draft, language: 'not a language' }, publication).langs).toBeUndefined()
  })

  test('names root and parent by address and content', () => {
    const cid = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
    const [root, parent] = ['3mgaaaaaaaaa2', '3mgaaaaaaaab2'].map((key) => ({
      id: `at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/${key}`,
      url: null,
      cid,
    }))
    if (!root || !parent) throw new Error('two parts')
    const record = recordOf(draft, { ...publication, replyTo: { root, parent } })
    expect(record.reply).toEqual({ root: { uri: root.id, cid }, parent: { uri: parent.id, cid } })
    expect(() => check(record)).not.toThrow()
  })
})

test.for<[string, Partial<Draft>, RegExp]>([
  ['301 graphemes', { text: 'é'.repeat(301) }, /300 graphemes/],
  ['over 3000 bytes', { text: '👩‍👩‍👧‍👦'.repeat(130) }, /3000/],
  [
    'a link that is none',
    { facets: [{ kind: 'link', start: 0, end: 3, value: 'no address' }] },
    /uri/,
  ],
])('%s is refused before it is sent', ([, change, words]) => {
  const attempt = () => check(recordOf({ ...draft, ...change }, publication))
  expect(attempt).toThrow(PlatformError)
  expect(attempt).toThrow(words)
  expect(attempt).toThrow(/^rejected/)
})

test('an account whose handle is not valid now is found by its DID', () => {
  expect(addressOf('did:plc:a', 'crier.test', 'k')).toBe(
    'https://bsky.app/profile/crier.test/post/k',
  )
  expect(addressOf('did:plc:a', 'handle.invalid', 'k')).toBe(
    'https://bsky.app/profile/did:plc:a/post/k',
  )
})
