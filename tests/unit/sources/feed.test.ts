import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src/sources/feed.ts'

const address = 'https://journal.example/feed/'
const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
  <title>Journal d&#039;ici</title><link>https://journal.example</link>${items}</channel></rss>`

describe('feeds of every kind', () => {
  test('RSS, newest first', async () => {
    const feed = await parseFeed(
      rss(`<item><title>L&#8217;ancien</title><link>https://journal.example/ancien/</link>
        <guid isPermaLink="false">https://journal.example/?p=1</guid><pubDate>Wed, 04 Feb 2026 08:12:00 +0000</pubDate></item>
        <item><title>Le nouveau</title><link>/nouveau/</link><pubDate>Thu, 05 Feb 2026 09:12:00 +0100</pubDate>
        <dc:creator><![CDATA[La rédaction]]></dc:creator><category><![CDATA[Eau & ville]]></category><category>pont</category>
        <description><![CDATA[<p>Un extrait</p>]]></description><content:encoded><![CDATA[<p>Tout le texte</p>]]></content:encoded></item>`),
      address,
    )
    expect(feed.title).toBe("Journal d'ici")
    expect(feed.items).toEqual([
      {
        id: null,
        url: 'https://journal.example/nouveau/',
        title: 'Le nouveau',
        publishedAt: '2026-02-05T08:12:00.000Z',
        categories: ['Eau & ville', 'pont'],
        description: '<p>Un extrait</p>',
        author: 'La rédaction',
      },
      expect.objectContaining({ id: 'https://journal.example/?p=1', title: 'L’ancien' }),
    ])
  })

  test('Atom, with its base', async () => {
    const feed = await parseFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://journal.example/blog/"><title>Journal</title>
      <entry><id>tag:journal.example,2026:1</id><title type="html">Fer &amp;amp; bois</title><updated>2026-02-04T09:12:00+01:00</updated>
      <link rel="self" href="x.atom"/><link rel="alternate" type="text/html" href="pont"/><category term="p" label="Ponts"/>
      <author><name>La rédaction</name></author><summary>Un extrait</summary></entry></feed>`,
      address,
    )
    expect(feed.items).toEqual([
      {
        id: 'tag:journal.example,2026:1',
        url: 'https://journal.example/blog/pont',
        title: 'Fer & bois',
        publishedAt: '2026-02-04T08:12:00.000Z',
        categories: ['Ponts'],
        description: 'Un extrait',
        author: 'La rédaction',
      },
    ])
  })

  test('RDF', async () => {
    const feed = await parseFeed(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>J</title></channel>
      <item rdf:about="https://journal.example/1"><title>Un</title><link>https://journal.example/1</link></item></rdf:RDF>`,
      address,
    )
    expect(feed.items).toMatchObject([{ url: 'https://journal.example/1', title: 'Un' }])
  })

  test('JSON Feed', async () => {
    const items = [
      { id: '1', url: '/un', title: 'Un', tags: ['pont'], date_published: '2026-02-04T08:12:00Z' },
    ]
    const feed = await parseFeed(
      JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', items }),
      address,
    )
    expect(feed.items).toMatchObject([
      { id: '1', url: 'https://journal.example/un', categories: ['pont'] },
    ])
  })
})

describe('odd items', () => {
  test('a guid that is an address stands in for a link', async () => {
    const { items } = await parseFeed(
      rss('<item><title>Un</title><guid>https://journal.example/1</guid></item>'),
      address,
    )
    expect(items).toMatchObject([{ url: 'https://journal.example/1' }])
  })

  test('without an address there is no item', async () => {
    const nothing =
      '<item><title>Un</title><guid>17</guid></item><item><title>Deux</title><guid isPermaLink="false">https://journal.example/?p=2</guid></item>'
    expect((await parseFeed(rss(nothing), address)).items).toEqual([])
  })

  test('undated items keep the feed’s order', async () => {
    const items = ['b', 'a', 'c'].map(
      (name) => `<item><link>https://journal.example/${name}</link></item>`,
    )
    const feed = await parseFeed(rss(items.join('')), address)
    expect(feed.items.map(({ url }) => url.at(-1))).toEqual(['b', 'a', 'c'])
  })

  test('an empty feed is a feed', async () => {
    expect((await parseFeed(rss(''), address)).items).toEqual([])
  })
})

describe('what is no feed', () => {
  test('a page, with the address of its feed', async () => {
    const page =
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed/"></head></html>'
    await expect(parseFeed(page, 'https://journal.example/')).rejects.toMatchObject({
      kind: 'feed-is-html',
      facts: { address: 'https://journal.example/', feed: 'https://journal.example/feed/' },
    })
  })

  test('a page without one', async () => {
    await expect(parseFeed('<html><body>Bonjour', address)).rejects.toMatchObject({
      kind: 'feed-is-html',
      facts: { feed: null },
    })
  })

  test.each(['', 'Bonjour', '{}', '<rss version="2.0"><channel><title>Cou', '<svg/>'])(
    '“%s”',
    async (text) => {
      await expect(parseFeed(text, address)).rejects.toMatchObject({ kind: 'feed-broken' })
    },
  )
})
