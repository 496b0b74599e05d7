import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKey, cleanAddress, keysOf, siteKey } from '../../../src/articles/identity.ts'

describe('an address as a key', () => {
  test.each([
    ['scheme', 'http://journal.example/a', 'https://journal.example/a'],
    ['www', 'https://www.journal.example/a', 'https://journal.example/a'],
    ['case of the host', 'https://Journal.EXAMPLE/a', 'https://journal.example/a'],
    ['port', 'https://journal.example:443/a', 'https://journal.example/a'],
    ['final slash', 'https://journal.example/a/', 'https://journal.example/a'],
    ['fragment', 'https://journal.example/a#comments', 'https://journal.example/a'],
    ['credentials', 'https://ann:pw@journal.example/a', 'https://journal.example/a'],
    [
      'tracking',
      'https://journal.example/a?utm_source=x&fbclid=y&mc_cid=z',
      'https://journal.example/a',
    ],
    ['order', 'https://journal.example/a?b=2&a=1', 'https://journal.example/a?a=1&b=2'],
    [
      'tracking among others',
      'https://journal.example/?id=3&utm_medium=x',
      'https://journal.example/?id=3',
    ],
    ['case of percent-signs', 'https://journal.example/%d9%81', 'https://journal.example/%D9%81'],
    [
      'needless percent-signs',
      'https://journal.example/%7Eann/%61',
      'https://journal.example/~ann/a',
    ],
    [
      'letters and their percent-signs',
      'https://journal.example/été',
      'https://journal.example/%C3%A9t%c3%a9',
    ],
    ['composed letters', 'https://journal.example/e\u0301te', 'https://journal.example/éte'],
    ['international names', 'https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
  ])('sets aside: %s', (_, one, other) => {
    expect(addressKey(one)).toBe(addressKey(other))
    expect(addressKey(one)).not.toBeNull()
  })

  test.each([
    ['paths', 'https://journal.example/a', 'https://journal.example/b'],
    ['case of the path', 'https://journal.example/a', 'https://journal.example/A'],
    ['parameters', 'https://journal.example/?id=3', 'https://journal.example/?id=4'],
    ['other ports', 'https://journal.example:8443/a', 'https://journal.example/a'],
    ['hosts', 'https://journal.example/a', 'https://blog.journal.example/a'],
    ['an escaped slash', 'https://journal.example/a%2Fb', 'https://journal.example/a/b'],
    ['a percent-sign itself', 'https://journal.example/a%252Fb', 'https://journal.example/a%2Fb'],
  ])('keeps apart: %s', (_, one, other) => expect(addressKey(one)).not.toBe(addressKey(other)))

  test('is the key of itself', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const key = addressKey(url)
        expect(addressKey(`https://${key}`)).toBe(key)
      }),
      { numRuns: 20 },
    )
  })

  test('of what is no web address is none', () => {
    expect(addressKey('tag:journal.example,2026:4')).toBeNull()
    expect(addressKey('4')).toBeNull()
  })
})

describe('the keys of an article', () => {
  test('a short link, a guid and the JSON say the same id', () => {
    const site = siteKey('https://journal.example/', 4)
    expect(keysOf({ addresses: ['https://www.journal.example/?p=4'] })).toEqual([site])
    expect(keysOf({ addresses: [], guid: 'http://journal.example/?p=4' })).toEqual([site])
    expect(keysOf({ addresses: [], site })).toEqual(['wp:journal.example:4'])
  })

  test('two sites of one host have ids of their own', () => {
    expect(keysOf({ addresses: ['https://host.example/north/?p=4'] })).not.toEqual(
      keysOf({ addresses: ['https://host.example/south/?p=4'] }),
    )
  })

  test('a guid that is a former address is a key of its own', () => {
    expect(
      keysOf({ addresses: ['https://journal.example/new/'], guid: 'https://journal.example/old' }),
    ).toEqual(['url:journal.example/new', 'url:journal.example/old'])
  })

  test('a guid that is no address counts within its site only', () => {
    const one = keysOf({ addresses: ['https://one.example/a'], guid: '17' })
    const other = keysOf({ addresses: ['https://other.example/b'], guid: '17' })
    expect(one).toContain('guid:one.example:17')
    expect(one.filter((key) => other.includes(key))).toEqual([])
  })

  test('a home page is no key', () => {
    expect(
      keysOf({ addresses: ['https://journal.example', 'https://journal.example/?utm_source=x'] }),
    ).toEqual([])
  })
})

test('an address for readers keeps what it needs and nothing else', () => {
  expect(cleanAddress('https://journal.example/a/?utm_source=x&q=1%202#more')).toBe(
    'https://journal.example/a/?q=1%202',
  )
})
