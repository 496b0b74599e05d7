import { describe, expect, test } from 'vitest'
import { merged, needsPage } from '../../../src/articles/complete.ts'
import { completeArticle, parseArticleJson } from '../../../src/articles/json.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { servePages } from '../net/serve.ts'

const url = 'https://journal.example/2026/02/la-crue/?utm_source=mail'

describe('an article as JSON', () => {
  test('needs only an address, and reads text and values alike', () => {
    expect(parseArticleJson(`{"url": "${url}"}`)).toEqual({ url })
    expect(parseArticleJson({ url, excerpt: null })).toEqual({ url, excerpt: null })
  })

  test.each<[unknown, string, string]>([
    [{}, 'field-missing', 'url'],
    [{ url: 'journal' }, 'field-invalid', 'url'],
    [{ url: 'ftp://journal.example/' }, 'field-invalid', 'url'],
    [{ url, titel: 'x' }, 'field-unknown', 'titel'],
    [{ url, posts: { x: 'Bonjour' } }, 'field-unknown', 'posts.x'],
    [{ url, posts: { bluesky: ['Bonjour'] } }, 'field-invalid', 'posts.bluesky'],
    [{ url, posts: { mastodon: 'a'.repeat(20_001) } }, 'field-invalid', 'posts.mastodon'],
    [{ url, posts: 'Bonjour' }, 'field-invalid', 'posts'],
    [{ url, title: 3 }, 'field-invalid', 'title'],
    [{ url, tags: 'a, b' }, 'field-invalid', 'tags'],
    [{ url, tags: ['a', 3] }, 'field-invalid', 'tags.1'],
    [{ url, image: 'x.jpg' }, 'field-invalid', 'image'],
    [{ url, image: {} }, 'field-missing', 'image.url'],
    [{ url, image: { url, alternative: 'x' } }, 'field-unknown', 'image.alternative'],
    [{ url, images: { url } }, 'field-invalid', 'images'],
    [{ url, images: [{ alt: 'Une roue' }] }, 'field-missing', 'images.0.url'],
    [{ url, images: [{ url: 'moulin.jpg' }] }, 'field-invalid', 'images.0.url'],
    [{ url, images: [{ url, title: 'x' }] }, 'field-unknown', 'images.0.title'],
    [{ url, images: Array(11).fill({ url }) }, 'field-invalid', 'images'],
    [{ url, language: 'français' }, 'field-invalid', 'language'],
    [{ url, publishedAt: 'demain' }, 'field-invalid', 'publishedAt'],
    [{ url, publishedAt: '2026-02-30' }, 'field-invalid', 'publishedAt'],
    [[], 'field-invalid', 'article'],
  ])('%j names the field', (given, kind, field) => {
    expect(() => parseArticleJson(given)).toThrow(
      expect.objectContaining({ kind, facts: expect.objectContaining({ field }) }),
    )
  })

  test('must be JSON', () => {
    expect(() => parseArticleJson('{"url":')).toThrow(
      expect.objectContaining({ kind: 'json-invalid' }),
    )
  })
})

describe('what a given article lacks', () => {
  test.each([
    [{ url }, true],
    [{ url, title: 'La crue' }, true],
    [{ url, excerpt: 'Elle monte.' }, true],
    [{ url, title: 'La crue', excerpt: 'Elle monte.' }, false],
    [{ url, title: 'La crue', content: '<p>Elle monte.</p>' }, false],
  ])('%j needs its page: %s', (given, needed) =>
    expect(needsPage(parseArticleJson(given))).toBe(needed),
  )

  test('is found in its HTML', async () => {
    const given = parseArticleJson({
      url,
      id: 7,
      title: '1 < 2 &amp;amp; 3',
      content: '<p><em>Note.</em></p><p>Elle monte. Lentement.</p><p>(Extrait de La Gazette)</p>',
      publishedAt: '2026-02-04T09:12:00+01:00',
    })
    expect(await merged(given, null)).toEqual({
      article: {
        url: 'https://journal.example/2026/02/la-crue/',
        title: '1 < 2 &amp; 3',
        excerpt: 'Elle monte. Lentement.',
        preface: 'Note.',
        content: 'Elle monte. Lentement.',
        credit: 'La Gazette',
        image: null,
        images: [],
        categories: [],
        tags: [],
        authors: [],
        language: null,
        publishedAt: '2026-02-04T08:12:00.000Z',
        updatedAt: null,
        posts: {},
      },
      keys: ['url:journal.example/2026/02/la-crue', 'id:journal.example:7'],
    })
  })

  test('is read from its page, and what is given wins', async () => {
    await using site = await servePages(() => ({
      '/a': '<html lang="fr"><title>Du site</title><body><article><h1>Du site</h1><p>Le texte du site.</p></article></html>',
    }))
    const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
    const given = parseArticleJson({ url: `${site.url}/a`, title: 'Le mien', id: 'x1' })
    const { article, keys } = await completeArticle(given, { fetch })
    expect(article).toMatchObject({
      title: 'Le mien',
      content: 'Le texte du site.',
      language: 'fr',
    })
    expect(keys).toContain(`id:${new URL(site.url).host}:x1`)
    await fetch.close()
  })

  test('has its entities decoded once, in every field', async () => {
    const title = 'L&#8217;été &amp;amp; l&rsquo;eau, AT&T'
    const decoded = 'L’été &amp; l’eau, AT&T'
    const given = parseArticleJson({
      url: 'https://journal.example/?a=1&copy=2',
      title,
      excerpt: title,
      content: `${title}\n\n&lt;b&gt;${title}&lt;/b&gt;`,
      preface: title,
      credit: title,
      image: { url: 'https://journal.example/a.jpg?x=1&lang=2', alt: title },
      tags: [title],
      categories: [title],
      authors: [title],
      posts: { bluesky: `${title}\nOui&nbsp;?` },
    })
    expect((await merged(given, null)).article).toMatchObject({
      url: 'https://journal.example/?a=1&copy=2',
      title: decoded,
      excerpt: decoded,
      content: `${decoded}\n\n<b>${decoded}</b>`,
      preface: decoded,
      credit: decoded,
      image: { url: 'https://journal.example/a.jpg?x=1&lang=2', alt: decoded },
      tags: [decoded],
      categories: [decoded],
      authors: [decoded],
      posts: { bluesky: `${decoded}\nOui\u00a0?` },
    })
  })

  test.each([
    'AT&T',
    'Q&A',
    'R&D ; B&amper',
    'cinéma & co',
    'https://exemple.fr/?a=1&copy=2',
    '&;',
    '&#;',
  ])('what is no entity stays: %s', (title) =>
    expect(parseArticleJson({ url, title }).title).toBe(title),
  )

  test('plain text is left as it is', async () => {
    const given = parseArticleJson({
      url,
      title: 'La crue',
      content: 'Si 1 < 2 && 3 > 2, <sans détour>.\n\nFin.',
    })
    expect((await merged(given, null)).article.content).toBe(
      'Si 1 < 2 && 3 > 2, <sans détour>.\n\nFin.',
    )
  })

  test('comes from the page, and what is given wins', async () => {
    const page = await merged(
      parseArticleJson({
        url,
        title: 'Du site',
        content: 'Le texte du site.',
        tags: ['eau'],
        language: 'fr',
      }),
      null,
    )
    const { article } = await merged(parseArticleJson({ url, title: 'Le mien', tags: [] }), page)
    expect(article).toMatchObject({
      title: 'Le mien',
      content: 'Le texte du site.',
      tags: [],
      language: 'fr',
    })
  })
})

describe('pictures that are given', () => {
  const wheel = { url: 'https://journal.example/roue.jpg', alt: 'La roue' }
  const mill = { url: 'https://journal.example/moulin.jpg', alt: null }
  const given = async (pictures: object) => {
    const whole = { url, title: 'Le moulin', excerpt: 'Il tourne.', ...pictures }
    const { image, images } = (await merged(parseArticleJson(whole), null)).article
    return { image, images }
  }

  test.each([
    ['one alone', { image: wheel }, [wheel]],
    ['several alone', { images: [mill, wheel] }, [mill, wheel]],
    ['one and others', { image: wheel, images: [mill] }, [wheel, mill]],
    ['one of the others', { image: wheel, images: [mill, wheel] }, [wheel, mill]],
    ['described elsewhere', { image: { url: wheel.url }, images: [wheel] }, [wheel]],
    ['described as nothing', { image: { url: mill.url, alt: ' ' } }, [mill]],
    ['none', {}, []],
  ])('%s', async (_, pictures, images) => {
    expect(await given(pictures)).toEqual({ image: images[0] ?? null, images })
  })

  test('win over those of the page, also where none is given', async () => {
    const page = await merged(
      parseArticleJson({ url, title: 'Le moulin', excerpt: 'Il tourne.', images: [mill, wheel] }),
      null,
    )
    const read = async (pictures: object) =>
      (await merged(parseArticleJson({ url, ...pictures }), page)).article.images
    expect(await read({})).toEqual([mill, wheel])
    expect(await read({ image: wheel })).toEqual([wheel])
    expect(await read({ images: [] })).toEqual([])
  })
})

describe('own words for a platform', () => {
  const wordsOf = async (posts: object | null) =>
    (await merged(parseArticleJson({ url, title: 'La crue', excerpt: 'Elle monte.', posts }), null))
      .article.posts

  test('are kept for those that have any', async () => {
    expect(await wordsOf({ telegram: 'Elle monte !', bluesky: null, mastodon: '\n' })).toEqual({
      telegram: 'Elle monte !',
    })
    expect(await wordsOf(null)).toEqual({})
  })

  test.each([
    ['line feeds stay as they were typed', 'Un\nDeux\r\n\r\nTrois', 'Un\nDeux\n\nTrois'],
    ['a gap is one line', 'Un\n\n\n \nDeux', 'Un\n\nDeux'],
    ['control characters go', 'Un\u0007 deux\u0000', 'Un deux'],
    ['overrides of direction go', '\u202egnp.exe', 'gnp.exe'],
    ['isolates are closed', '\u2067حديقة\nUn', '\u2067حديقة\nUn\u2069'],
    ['markup is text', '<b>Un</b> & {{ deux }}', '<b>Un</b> & {{ deux }}'],
  ])('%s', async (_, typed, kept) => {
    expect(await wordsOf({ bluesky: typed })).toEqual({ bluesky: kept })
  })
})
