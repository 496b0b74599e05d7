import { jsonToLex, lexicons } from '@atproto/api'
import { describe, expect, test } from 'vitest'
import { checked, recordOf } from '../../../../src/platforms/bluesky/record.ts'
import type { Uploaded } from '../../../../src/platforms/platform.ts'
import type { Draft } from '../../../../src/posts/post.ts'
import { draft, failureOf, publication } from '../support.ts'

const blob = () => ({
  $type: 'blob',
  ref: { $link: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy' },
  mimeType: 'image/jpeg',
  size: 1234,
})
const uploaded = (alt: string): Uploaded => {
  return { ref: blob(), width: 800, height: 600, alt }
}
const image = (number: number) => ({ url: `https://town.example/${number}.jpg`, alt: '' })
const card = {
  url: 'https://town.example/a',
  title: 'A',
  description: '',
  image: null,
  above: false,
}
const full: Draft = { ...draft, card, images: [image(1), image(2)] }
const embedOf = (own: Draft, media: Uploaded[]) => recordOf(own, { ...publication, media }).embed
const check = (record: object) => checked(record, { jsonToLex, lexicons })

describe('a post carries', () => {
  test('its pictures with what they show and their ratio, and no card', () => {
    const media = [uploaded('A bridge'), uploaded('')]
    const embed = embedOf(full, media)
    expect(embed).toEqual({
      $type: 'app.bsky.embed.images',
      images: [
        { image: blob(), alt: 'A bridge', aspectRatio: { width: 800, height: 600 } },
        { image: blob(), alt: '', aspectRatio: { width: 800, height: 600 } },
      ],
    })
    expect(() => check(recordOf(full, { ...publication, media }))).not.toThrow()
  })

  test('those pictures that could be had', () => {
    expect(embedOf(full, [uploaded('A bridge')])).toMatchObject({ images: [{ alt: 'A bridge' }] })
  })

  test('its card where no picture could be had, without one', () => {
    const external = { uri: card.url, title: 'A', description: '' }
    expect(embedOf(full, [])).toEqual({ $type: 'app.bsky.embed.external', external })
  })

  test('nothing where it has neither', () => {
    expect(embedOf({ ...full, card: null }, [])).toBeUndefined()
  })
})

test.for<[string, Partial<Draft>, Uploaded[], string | null]>([
  ['a picture without sides', full, [{ ...uploaded(''), width: 0 }], 'pictures'],
  ['five pictures', full, Array.from({ length: 5 }, () => uploaded('')), 'pictures'],
  [
    'a link that is none',
    { facets: [{ kind: 'link', start: 0, end: 3, value: 'no address' }] },
    [],
    'formatting',
  ],
  ['too many words', { text: 'a'.repeat(301) }, [], null],
])('%s is the fault of that alone', async ([, change, media, culprit]) => {
  const record = recordOf({ ...draft, ...change }, { ...publication, media })
  const error = await failureOf(
    Promise.resolve().then(() => check(record)),
    [],
  )
  expect([error.kind, error.culprit]).toEqual(['rejected', culprit])
})
