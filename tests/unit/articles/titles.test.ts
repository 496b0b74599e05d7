import { afterAll, describe, expect, test } from 'vitest'
import { merged } from '../../../src/articles/complete.ts'
import { parseArticleJson } from '../../../src/articles/json.ts'
import { type Hint, readArticle } from '../../../src/articles/read.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { parseFeed } from '../../../src/sources/feed.ts'
import { servePages } from '../net/serve.ts'

const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
afterAll(() => fetch.close())

const text = '<p>Le pont est ouvert. On y passe à pied, et bientôt à vélo.</p>'
const escaped = (title: string) => title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A title, by each way in which an article can bring one. */
const ways: Record<string, (title: string) => Promise<string>> = {
  async page(title) {
    return titleOfPage(`<title>${escaped(title)} – Le Quai</title>`)
  },
  async heading(title) {
    return titleOfPage('', `<h1 class="entry-title">${escaped(title)}</h1>`)
  },
  async 'JSON-LD'(title) {
    const linked = JSON.stringify({ '@type': 'NewsArticle', headline: title })
    return titleOfPage(
      `<script type="application/ld+json">${linked.replaceAll('<', '\\u003c')}</script>`,
    )
  },
  async WordPress(title) {
    return titleOfPost(escaped(title))
  },
  async feed(title) {
    const xml = `<rss version="2.0"><channel><title>Le Quai</title><item><link>https://quai.example/a</link>
      <title>${escaped(title)}</title></item></channel></rss>`
    const [item] = (await parseFeed(xml, 'https://quai.example/feed')).items
    return titleOfPage('', '', { title: item?.title ?? null })
  },
  async 'an article as JSON'(title) {
    const given = { url: 'https://quai.example/a', title, excerpt: 'Le pont est ouvert.' }
    return (await merged(parseArticleJson(given), null)).article.title
  },
}

async function titleOfPage(head: string, heading = '', hint: Hint | null = null) {
  await using site = await servePages(() => ({
    '/a': `<!doctype html><meta charset="utf-8"><meta property="og:site_name" content="Le Quai">${head}
      <body class="single">${heading}<div class="entry-content">${text}</div>`,
  }))
  return (await readArticle(`${site.url}/a`, { fetch, hint })).article.title
}

async function postWith(title: string, content: string) {
  const json = { id: 4, link: '/a', title: { rendered: title }, content: { rendered: content } }
  await using site = await servePages(() => ({
    '/a': `<!doctype html><title>Le Quai</title><link rel="alternate" type="application/json" href="/json">
      <body class="single"><div class="entry-content">${content}</div>`,
    '/json?_embed=1': { type: 'application/json', body: JSON.stringify(json) },
  }))
  return (await readArticle(`${site.url}/a`, { fetch })).article
}

async function titleOfPost(title: string) {
  return (await postWith(title, text)).title
}

describe.each(Object.keys(ways))('a title from %s', (way) => {
  test.each([
    ['has no control characters', 'Le\u0007 pont\u001b[31m rouvre', 'Le pont[31m rouvre'],
    ['has no overrides of direction', 'Le pont \u202e\u202dervuor\u202c', 'Le pont ervuor'],
    ['has its isolates closed', 'Le \u2067جسر rouvre', 'Le \u2067جسر rouvre\u2069'],
    ['closes no isolate that is not open', 'Le pont\u2069 rouvre', 'Le pont rouvre'],
    ['is one line', 'Le pont\n\t rouvre', 'Le pont rouvre'],
    ['may be an address', 'https://quai.example/pont?a=1&b=2', 'https://quai.example/pont?a=1&b=2'],
    ['may be nothing but emoji', '🌉👩🏽‍🍳🇫🇷', '🌉👩🏽‍🍳🇫🇷'],
    [
      'is text, whatever it looks like',
      '<script>alert(1)</script> {{ 1 }}',
      '<script>alert(1)</script> {{ 1 }}',
    ],
    ['may have 5,000 characters', 'pont '.repeat(999) + 'enfin', 'pont '.repeat(999) + 'enfin'],
  ])('%s', async (_, title, expected) => expect(await ways[way]?.(title)).toBe(expected))
})

describe('an article without a title', () => {
  test('begins with its first sentence', async () => {
    expect(await postWith('', text)).toMatchObject({
      title: 'Le pont est ouvert.',
      excerpt: 'On y passe à pied, et bientôt à vélo.',
      content: 'Le pont est ouvert. On y passe à pied, et bientôt à vélo.',
    })
    expect(await titleOfPage('<title>Le Quai</title>', '', { title: '' })).toBe(
      'Le pont est ouvert.',
    )
  })

  test('and with one sentence only has no excerpt', async () => {
    expect(await postWith('', '<p>Le pont est ouvert.</p>')).toMatchObject({
      title: 'Le pont est ouvert.',
      excerpt: null,
    })
  })

  test('and without words is no article', async () => {
    await expect(postWith('', '<figure><img src="/pont.jpg"></figure>')).rejects.toMatchObject({
      kind: 'not-an-article',
    })
  })
})

test('a title of 200,000 characters without a space is cut', async () => {
  expect(await titleOfPost('é'.repeat(200_000))).toHaveLength(5000)
})

test.each([
  ['Fer &amp;amp; bois', 'Fer &amp; bois', 'Fer & bois'],
  ['L&amp;#8217;eau', 'L&#8217;eau – Le Quai', 'L’eau'],
  ['Écrire &amp;amp; en HTML', 'Écrire &amp;amp; en HTML', 'Écrire &amp; en HTML'],
])(
  'what a page tells others twice escaped is read as it shows it: %s',
  async (told, window, title) => {
    const head = `<meta property="og:title" content="${told}"><title>${window}</title>`
    expect(await titleOfPage(head)).toBe(title)
  },
)
