import { RichText } from '@atproto/api'
import { expect, test } from 'vitest'
import { detect } from '../../../src/platforms/bluesky/detect.ts'
import { texts } from '../../support/texts.ts'

/** What we find where the official client finds something else, and why. */
const onPurpose: Readonly<Record<string, { found: string[]; why: string }>> = {
  'À lire : «https://gazette.example/archives»': {
    found: ['https://gazette.example/archives'],
    why: 'writers who set no blank inside guillemets mean the address all the same',
  },
  'À lire : «https://gazette.example/archives», page 3': {
    found: ['https://gazette.example/archives'],
    why: 'the closing guillemet and what follows it are no part of the address',
  },
  'Mehr dazu: „https://zeitung.example/schleuse“ (Seite 4)': {
    found: ['https://zeitung.example/schleuse'],
    why: 'German quotation marks are as close to the address as guillemets',
  },
  'Читайте «https://gazeta.example/статья» сегодня': {
    found: ['https://gazeta.example/статья'],
    why: 'Russian guillemets always are',
  },
  'L’adresse a changé : HTTPS://GAZETTE.EXAMPLE/Nouvelle': {
    found: ['HTTPS://GAZETTE.EXAMPLE/Nouvelle'],
    why: 'a scheme in capitals is one (RFC 3986, 3.1)',
  },
  'Tout est sur GAZETTE.FR depuis lundi': {
    found: ['https://GAZETTE.FR'],
    why: 'headlines in capitals write domains in capitals',
  },
  'It costs $5 (about €4.60), or $AAPL 0.02': {
    found: [],
    why: 'cashtags are no hashtags: in an article they are prices and shares',
  },
  'The $BTC and $eth of it all': { found: [], why: 'as above' },
  'In parentheses (https://en.wiki.example/wiki/Lock_(water_navigation))': {
    found: ['https://en.wiki.example/wiki/Lock_(water_navigation)'],
    why: 'the last parenthesis closes the one before the address, which would lead nowhere with it',
  },
  'Stops https://journal.example/a... Colon https://journal.example/a:': {
    found: ['https://journal.example/a', 'https://journal.example/a'],
    why: 'three stops are no more part of an address than one',
  },
  'Really https://journal.example/a?! Yes https://journal.example/b!?': {
    found: ['https://journal.example/a', 'https://journal.example/b'],
    why: 'nor are other stops',
  },
  [`Too many bytes #${'e\u0301\u0302\u0303\u0304\u0305'.repeat(60)}`]: {
    found: [],
    why: 'the server refuses a post with a hashtag of more than 640 bytes',
  },
  'Broken https:// and http://, https:///x and https://?': {
    found: [],
    why: 'the server refuses a post that links to an address without a host',
  },
}

test('the corpus is large, and knows every difference', () => {
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts.length).toBeGreaterThanOrEqual(120)
  expect(texts).toEqual(expect.arrayContaining(Object.keys(onPurpose)))
})

test.each(texts.filter((text) => !(text in onPurpose)))(
  'found as the official client finds: %j',
  (text) => {
    expect(ours(text)).toEqual(theirs(text))
  },
)

test.each(Object.entries(onPurpose))('found otherwise: %j', (text, { found }) => {
  expect(ours(text).map(({ value }) => value)).toEqual(found)
  expect(ours(text)).not.toEqual(theirs(text))
})

/** Links and hashtags, in bytes of UTF-8. */
function ours(text: string) {
  const bytes = (at: number) => Buffer.byteLength(text.slice(0, at))
  return detect(text).map(({ kind, start, end, value }) => {
    return { kind, start: bytes(start), end: bytes(end), value }
  })
}

/** The same by the official client, whose mentions are left out: an article's words ping nobody. */
function theirs(text: string) {
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  return (rich.facets ?? []).flatMap(({ index, features }) =>
    features.flatMap((feature) => {
      const place = { start: index.byteStart, end: index.byteEnd }
      if ('uri' in feature) return { kind: 'link', ...place, value: feature.uri }
      return 'tag' in feature ? { kind: 'hashtag', ...place, value: feature.tag } : []
    }),
  )
}
