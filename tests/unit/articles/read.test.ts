import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readArticle } from '../../../src/articles/read.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { startSite, type SampleSite } from '../../../src/sandbox/site.ts'
import { parseFeed, type FeedItem } from '../../../src/sources/feed.ts'
import { serve, servePages } from '../net/serve.ts'

const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
afterAll(() => fetch.close())

const kind = (name: string) => expect.objectContaining({ kind: name })
const story =
  '<p>Samedi matin, la passerelle du canal a rouvert devant une foule de curieux, de chiens et de vélos.</p>' +
  '<p>Il aura fallu deux hivers, trois devis et une pétition pour que les planches soient enfin changées.</p>'

/** A page of the plainest kind, with more in its head. */
const plain = (head: string, body = story) =>
  `<!doctype html><html lang="fr"><head><title>La passerelle</title>${head}</head><body>
  <article><h1>La passerelle rouvre</h1><div class="entry-content">${body}</div></article></body></html>`

describe('the sample site, as WordPress serves it', () => {
  let site: SampleSite
  let items: FeedItem[]
  beforeAll(async () => {
    site = await startSite({ port: 0 })
    items = (await parseFeed((await fetch.get(site.feedUrl)).text(), site.feedUrl)).items
  })
  afterAll(() => site.close())

  const read = (title: string) => {
    const item = items.find((one) => one.title?.includes(title))
    if (!item) throw new Error(`no item «${title}»`)
    return readArticle(item.url, { fetch, hint: { ...item, guid: item.id } })
  }

  test('an article with everything', async () => {
    const { article, keys } = await read('canal de la Lirelle')
    expect(article).toMatchObject({
      title:
        'Le canal de la Lirelle rouvre après quarante ans de silence et retrouve ses bateliers',
      credit: 'L’Almanach des rivières',
      image: {
        url: `${site.url}/wp-content/uploads/2026/02/ecluse.jpg`,
        alt: 'Une péniche chargée de tuiles devant les portes d’une écluse bordée de peupliers',
      },
      categories: ['Patrimoine'],
      tags: ['canal', 'rivières', 'savoir-faire'],
      language: 'fr',
      publishedAt: '2026-02-11T08:12:00.000Z',
    })
    expect(article.preface).toMatch(/^C’est souvent de loin/)
    expect(article.content).toMatch(/^Samedi matin/)
    expect(article.content).not.toMatch(/Partager|Views|Extrait de|C’est souvent de loin/)
    expect(article.excerpt).toMatch(/^Samedi matin.*\.$/s)
    expect(keys).toContain(`wp:${new URL(site.url).host}:29`)
  })

  test('a protected one is not read', async () => {
    await expect(read('Le plan du prochain numéro')).rejects.toEqual(kind('article-protected'))
  })

  test('one without text has a title and a link', async () => {
    const { article } = await read('En images')
    expect(article).toMatchObject({ content: null, excerpt: null, language: 'fr' })
  })

  test('a hand-written excerpt is taken', async () => {
    expect((await read('Le pain de la semaine')).article.excerpt).toMatch(
      /^Trois gestes et une nuit/,
    )
  })

  test('entities are decoded once', async () => {
    const { article } = await read('crues')
    expect(article.title.replaceAll('\u00a0', ' ')).toBe(
      'Les « petites » crues & les grands hivers : 4 questions',
    )
    expect(article.content).toContain('<bottes aux pieds>')
  })

  test('the site’s default category is none', async () => {
    expect((await read('Hello')).article).toMatchObject({
      categories: [],
      tags: [],
      language: 'en',
    })
  })

  test('any door gives the same keys', async () => {
    const one = await read('canal de la Lirelle')
    const short = await readArticle(`${site.url}/?p=29`, { fetch })
    expect(short.keys).toEqual(expect.arrayContaining(one.keys))
  })

  test('the home page is no article', async () => {
    await expect(readArticle(site.url, { fetch })).rejects.toEqual(kind('not-an-article'))
  })
})

describe('a page without any plugin', () => {
  test('is read by its marks alone', async () => {
    await using site = await servePages(() => ({ '/passerelle': plain('') }))
    const { article } = await readArticle(`${site.url}/passerelle`, { fetch })
    expect(article).toMatchObject({
      url: `${site.url}/passerelle`,
      title: 'La passerelle rouvre',
      language: 'fr',
      image: null,
    })
    expect(article.excerpt).toMatch(/^Samedi matin/)
  })

  test('may leave out the tags that HTML lets it leave out', async () => {
    await using site = await servePages(() => ({
      '/a': `<!doctype html><title>La passerelle – Le Quai</title><meta property=og:site_name content="Le Quai"><p>${story}`,
    }))
    expect((await readArticle(`${site.url}/a`, { fetch })).article.title).toBe('La passerelle')
  })

  test('is read without the headings, menus and notes around it', async () => {
    const page = `<html lang="fr"><head><title>Le Quai - La passerelle</title></head><body>
      <header><h1 class="site-title">Le Quai</h1><nav><a href="/">Accueil</a></nav></header>
      <main><article><h1>La passerelle</h1><p><em>Note de la rédaction, en une phrase.</em></p>${story.repeat(3)}</article></main>
      <aside><h2>À lire aussi</h2><p>Un autre article.</p></aside><footer><p>Mentions légales</p></footer></body></html>`
    await using site = await servePages(() => ({ '/a': page }))
    const { article } = await readArticle(`${site.url}/a`, { fetch })
    expect(article).toMatchObject({
      title: 'La passerelle',
      preface: 'Note de la rédaction, en une phrase.',
    })
    expect(article.content).toMatch(/^Samedi matin/)
    expect(article.content).toMatch(/changées\.$/)
  })

  test('may be very short', async () => {
    const page =
      '<html><title>Bref</title><body><h1>Bref</h1><p>Deux mots.</p><footer><p>Mentions</p></footer></html>'
    await using site = await servePages(() => ({ '/a': page }))
    expect((await readArticle(`${site.url}/a`, { fetch })).article.content).toBe('Deux mots.')
  })

  test('tells categories from tags by their addresses', async () => {
    const terms = `<a rel="tag" href="/category/ville/">Ville</a> <a rel="tag" href="/tag/pont/">Pont</a>
      <aside><a rel="tag" href="/tag/ailleurs/">Ailleurs</a></aside>`
    await using site = await servePages(() => ({ '/a': plain('', story) + terms }))
    expect((await readArticle(`${site.url}/a`, { fetch })).article).toMatchObject({
      categories: ['Ville'],
      tags: ['Pont'],
    })
  })

  test('is filed as the feed says where it says nothing itself', async () => {
    await using site = await servePages(() => ({ '/a': plain('') }))
    const hint = { categories: ['Ville', 'Uncategorized'], publishedAt: '2026-02-04T09:12:00Z' }
    expect((await readArticle(`${site.url}/a`, { fetch, hint })).article).toMatchObject({
      categories: [],
      tags: ['Ville'],
      publishedAt: '2026-02-04T09:12:00.000Z',
    })
  })

  test('says in JSON-LD who wrote it and when', async () => {
    const linked = {
      '@graph': [
        { '@type': 'WebSite', name: 'Le Quai' },
        {
          '@type': ['NewsArticle'],
          headline: 'Fer &amp; bois',
          author: [{ name: 'La rédaction' }],
          datePublished: '2026-02-04T09:12:00+01:00',
          image: [{ url: '/pont.jpg' }],
          keywords: 'pont, bois',
        },
      ],
    }
    const head = `<meta property="og:title" content="Fer &amp; bois">
      <script type="application/ld+json">${JSON.stringify(linked)}</script><meta property="og:image:alt" content="Un pont">`
    await using site = await servePages(() => ({ '/a': plain(head) }))
    expect((await readArticle(`${site.url}/a`, { fetch })).article).toMatchObject({
      title: 'Fer & bois',
      authors: ['La rédaction'],
      publishedAt: '2026-02-04T08:12:00.000Z',
      image: { url: `${site.url}/pont.jpg`, alt: 'Un pont' },
      tags: ['pont', 'bois'],
    })
  })
})

describe('the address of an article', () => {
  test('is the canonical link', async () => {
    await using site = await servePages(() => ({
      '/a': plain('<link rel=canonical href="/passerelle/">'),
    }))
    const { article, keys } = await readArticle(`${site.url}/a`, { fetch })
    expect(article.url).toBe(`${site.url}/passerelle/`)
    expect(keys).toHaveLength(2)
  })

  test.each(['/', 'https://elsewhere.example/', 'javascript:void(0)', 'http://10.0.0.1/a'])(
    'is where it was read, if that link is %s',
    async (href) => {
      await using site = await servePages(() => ({
        '/a': plain(`<link rel=canonical href="${href}">`),
      }))
      expect((await readArticle(`${site.url}/a`, { fetch })).article.url).toBe(`${site.url}/a`)
    },
  )
})

describe('the JSON that a page links to', () => {
  const withJson = (href: string) =>
    plain(`<link rel="alternate" type="application/json" href="${href}">`)
  const post = { id: 4, link: '/a', title: { rendered: 'Du JSON' }, content: { rendered: story } }
  const json = (more: object) => ({
    type: 'application/json',
    body: JSON.stringify({ ...post, ...more }),
  })

  test.each([
    ['a draft', { status: 'draft' }],
    ['an attachment', { type: 'attachment' }],
  ])('may say that it is %s', async (_, more) => {
    await using site = await servePages(() => ({
      '/a': withJson('/wp-json/4'),
      '/wp-json/4?_embed=1': json(more),
    }))
    await expect(readArticle(`${site.url}/a`, { fetch })).rejects.toEqual(kind('not-an-article'))
  })

  test('is not read from another site', async () => {
    await using other = await servePages(() => ({}))
    await using site = await servePages(() => ({
      '/a': withJson(other.url.replace('127.0.0.1', 'localhost')),
    }))
    expect((await readArticle(`${site.url}/a`, { fetch })).article.title).toBe(
      'La passerelle rouvre',
    )
    expect(other.asked).toEqual([])
  })

  test.each(['<p>no JSON', '{"id": 4}', '[]', '{"code": "rest_forbidden"}'])(
    'is no reason to give the page up: %s',
    async (body) => {
      await using site = await servePages(() => ({
        '/a': withJson('/json'),
        '/json?_embed=1': { type: 'application/json', body },
      }))
      expect((await readArticle(`${site.url}/a`, { fetch })).article.title).toBe(
        'La passerelle rouvre',
      )
    },
  )
})

describe('what is no article', () => {
  test.each([
    ['a site that calls itself one', '<meta property="og:type" content="website">', story],
    ['a page without a title', '', ''],
  ])('%s', async (name, head, body) => {
    const page = name.includes('title')
      ? `<html><body><p>${body}</p></body></html>`
      : plain(head, body)
    await using site = await servePages(() => ({ '/a': page }))
    await expect(readArticle(`${site.url}/a`, { fetch })).rejects.toEqual(kind('not-an-article'))
  })

  test('a list, even where it calls itself an article', async () => {
    const page = plain('<meta property="og:type" content="article">').replace(
      '<body>',
      '<body class="archive tag">',
    )
    await using site = await servePages(() => ({ '/tag/pont/': page }))
    await expect(readArticle(`${site.url}/tag/pont/`, { fetch })).rejects.toEqual(
      kind('not-an-article'),
    )
  })

  test('a picture’s own page, which calls itself single like an article', async () => {
    const page = plain('<meta property="og:type" content="article">').replace(
      '<body>',
      '<body class="attachment-template-default single single-attachment attachmentid-31">',
    )
    await using site = await servePages(() => ({ '/ecluse/': page }))
    await expect(readArticle(`${site.url}/ecluse/`, { fetch })).rejects.toEqual(
      kind('not-an-article'),
    )
  })

  test('a picture', async () => {
    await using site = await servePages(() => ({ '/a.jpg': { type: 'image/jpeg', body: 'x' } }))
    await expect(readArticle(`${site.url}/a.jpg`, { fetch })).rejects.toEqual(
      kind('not-an-article'),
    )
  })

  test('an address that answers nothing', async () => {
    await using site = await servePages(() => ({}))
    await expect(readArticle(`${site.url}/a`, { fetch })).rejects.toEqual(kind('article-not-found'))
  })

  test('a password form instead of a text', async () => {
    const form = '<form class="post-password-form"><input type="password"></form>'
    await using site = await servePages(() => ({ '/a': plain('', form) }))
    await expect(readArticle(`${site.url}/a`, { fetch })).rejects.toEqual(kind('article-protected'))
  })
})

test.each([
  ['deep', '<div>'.repeat(300_000)],
  ['full of tags', '<p>Une phrase, puis une <b>autre</b>.'.repeat(100_000)],
  ['unclosed', '<b>'.repeat(200_000) + '</a>'.repeat(200_000)],
])(
  'a page that is %s does not take long',
  async (_, body) => {
    await using site = await serve((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<html><title>Long</title><body><h1>Long</h1>${body}`)
    })
    const before = process.cpuUsage()
    await readArticle(`${site.url}/a`, { fetch })
    // Time of the processor, so that a busy machine changes nothing.
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000)
  },
  60_000,
)
