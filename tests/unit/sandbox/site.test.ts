import { parseFeed } from 'feedsmith'
import { parseHTML } from 'linkedom'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SiteArticle } from '../../../src/sandbox/site/article.ts'
import { articles } from '../../../src/sandbox/site/articles.ts'
import { pathOf } from '../../../src/sandbox/site/content.ts'
import { type SampleSite, startSite } from '../../../src/sandbox/site.ts'

const JOURNAL = 29
const PROTECTED = 32
const HAND_WRITTEN = 20
const NO_TEXT = 17
const EMOJI = 14
const LONG_TITLE = 11
const MORE_TAG = 8
const ARABIC = 23
const HELLO = 1

const opened: SampleSite[] = []
let site: SampleSite

beforeAll(async () => {
  site = await startSite({ port: 0 })
})
afterAll(() => site.close())
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

/** A site of its own for tests that change or count something. */
async function ownSite(list?: SiteArticle[]): Promise<SampleSite> {
  const own = await startSite(list ? { port: 0, articles: list } : { port: 0 })
  opened.push(own)
  return own
}

function articleOf(id: number): SiteArticle {
  const article = articles.find((one) => one.id === id)
  if (!article) throw new Error(`no article ${id}`)
  return article
}

async function feedOf({ feedUrl }: SampleSite) {
  const parsed = parseFeed(await (await fetch(feedUrl)).text())
  if (parsed.format !== 'rss') throw new Error(`not RSS but ${parsed.format}`)
  return { ...parsed.feed, items: parsed.feed.items ?? [] }
}

async function itemOf(id: number) {
  const { items } = await feedOf(site)
  const item = items.find(({ guid }) => guid?.value === `${site.url}/?p=${id}`)
  if (!item) throw new Error(`no item ${id}`)
  return item
}

function fragmentOf(html = '') {
  return parseHTML(`<!DOCTYPE html><html><body>${html}</body></html>`).document
}

async function pageAt(url: string) {
  const response = await fetch(url)
  return { response, document: parseHTML(await response.text()).document }
}

/** The page that the short link of an article leads to, and how to look things up in it. */
async function pageOf(id: number) {
  const { response, document } = await pageAt(`${site.url}/?p=${id}`)
  return {
    url: response.url,
    document,
    text: (selector: string) => document.querySelector(selector)?.textContent,
    attribute: (selector: string, name: string) =>
      document.querySelector(selector)?.getAttribute(name),
    property: (name: string) =>
      document.querySelector(`meta[property="og:${name}"]`)?.getAttribute('content'),
  }
}

async function jsonOf(id: number, query = ''): Promise<unknown> {
  return (await fetch(`${site.url}/wp-json/wp/v2/posts/${id}${query}`)).json()
}

describe('the feed', () => {
  test('is RSS that calls itself English, newest first, with every article', async () => {
    const { title, language, items } = await feedOf(site)
    expect(title).toBe("L'Écho de Belle-Écluse")
    expect(language).toBe('en-US')
    expect(items).toHaveLength(articles.length)
    expect(items.length).toBeGreaterThanOrEqual(10)
    const times = items.map(({ pubDate }) => Date.parse(String(pubDate)))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Date(times[0] ?? 0).getUTCFullYear()).toBe(2026)
  })

  test('has a protected article among the newest three, and images in the newest three others', async () => {
    const { items } = await feedOf(site)
    const isProtected = (title = '') => title.startsWith('Protected: ')
    expect(items.slice(0, 3).filter(({ title }) => isProtected(title))).toHaveLength(1)
    const announceable = items.filter(({ title }) => !isProtected(title)).slice(0, 3)
    expect(announceable.map(({ guid }) => guid?.value)).toContain(`${site.url}/?p=${JOURNAL}`)
    for (const { link } of announceable) {
      const { document } = await pageAt(String(link))
      const image = document.querySelector('meta[property="og:image"]')?.getAttribute('content')
      const { status, headers } = await fetch(String(image))
      expect([status, headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    }
  })

  test('gives categories and tags alike, and the text with the plugins’ additions', async () => {
    const item = await itemOf(JOURNAL)
    expect(item.guid?.isPermaLink).toBe(false)
    expect(item.link).toBe(site.url + pathOf(articleOf(JOURNAL)))
    expect(item.dc?.creators).toEqual(['La rédaction'])
    expect(item.categories?.map(({ name }) => name)).toEqual([
      'Patrimoine',
      'canal',
      'rivières',
      'savoir-faire',
    ])
    expect(item.description).toMatch(/^Partager sur Facebook .* \[&#8230;\]$/)
    const document = fragmentOf(item.content?.encoded)
    expect(document.querySelectorAll('.share-bar a')).toHaveLength(4)
    expect(document.querySelector('.post-views')?.textContent).toBe('Views: 29')
    expect(document.body.textContent).toContain('(Extrait de L’Almanach des rivières)')
  })

  test('shows emoji as pictures, as WordPress does', async () => {
    const { content } = await itemOf(EMOJI)
    const document = fragmentOf(content?.encoded)
    const pictures = [...document.querySelectorAll('img.wp-smiley')]
    expect(pictures.map((picture) => picture.getAttribute('alt'))).toEqual(['👩🏽‍🍳', '🧑‍🚀', '🏳️‍🌈'])
  })
})

describe('asking for the feed again', () => {
  async function ask(headers: Record<string, string>, of = site) {
    const response = await fetch(of.feedUrl, { headers })
    return { status: response.status, body: await response.text() }
  }
  async function validators({ feedUrl }: SampleSite) {
    const { headers } = await fetch(feedUrl, { method: 'HEAD' })
    return { etag: String(headers.get('etag')), modified: String(headers.get('last-modified')) }
  }

  test('with its ETag or its date is answered 304, without a body', async () => {
    const { etag, modified } = await validators(site)
    expect(await ask({ 'if-none-match': etag })).toEqual({ status: 304, body: '' })
    expect(await ask({ 'if-none-match': `W/${etag}` })).toEqual({ status: 304, body: '' })
    expect(await ask({ 'if-modified-since': modified })).toEqual({ status: 304, body: '' })
  })

  test('with an older one is answered in full, and the ETag decides over the date', async () => {
    const { modified } = await validators(site)
    expect(await ask({ 'if-none-match': '"older"' })).toMatchObject({ status: 200 })
    expect(await ask({ 'if-modified-since': new Date(0).toUTCString() })).toMatchObject({
      status: 200,
    })
    const both = { 'if-none-match': '"older"', 'if-modified-since': modified }
    expect(await ask(both)).toMatchObject({ status: 200 })
  })

  test('shows what was published meanwhile', async () => {
    const own = await ownSite()
    const { etag, modified } = await validators(own)
    own.publish({
      ...articleOf(NO_TEXT),
      id: 90,
      slug: 'nouvelle',
      title: 'Une nouvelle',
      publishedAt: '2026-03-01T12:00:00Z',
    })
    expect(await ask({ 'if-none-match': etag }, own)).toMatchObject({ status: 200 })
    expect(await ask({ 'if-modified-since': modified }, own)).toMatchObject({ status: 200 })
    const [newest] = (await feedOf(own)).items
    expect(newest).toMatchObject({ title: 'Une nouvelle', link: `${own.url}/2026/03/nouvelle/` })
    const { document } = await pageAt(String(newest?.link))
    expect(document.querySelector('h1')?.textContent).toBe('Une nouvelle')
  })
})

describe('an article’s page', () => {
  test.each(articles.map((article) => [article.id, article] as const))(
    '%i names itself in every way WordPress does',
    async (id, article) => {
      const page = await pageOf(id)
      expect(page.url).toBe(site.url + pathOf(article))
      expect(page.attribute('link[rel="canonical"]', 'href')).toBe(page.url)
      expect(page.property('url')).toBe(page.url)
      expect(page.attribute('link[rel="shortlink"]', 'href')).toBe(`${site.url}/?p=${id}`)
      const json = String(page.attribute('link[type="application/json"]', 'href'))
      expect(await (await fetch(json)).json()).toMatchObject({ id, link: page.url })
      expect(page.attribute('html', 'lang')).toBe('en-US')
      expect(page.property('locale')).toBe('fr_FR')
      expect(page.property('type')).toBeUndefined()
      expect(page.property('title')).toBe(page.text('h1.wp-block-post-title'))
      expect(page.attribute('body', 'class')).toContain(`postid-${id}`)
      expect(page.attribute('time', 'datetime')).toMatch(/^2026-02-\d\dT\d\d:\d\d:\d\d\+01:00$/)
      expect(page.text('.taxonomy-category')).toBeTruthy()
    },
  )

  test('names its short link and its JSON in the Link header too', async () => {
    const { headers } = await fetch(`${site.url}/?p=${JOURNAL}`)
    expect(headers.get('link')).toContain(`<${site.url}/?p=${JOURNAL}>; rel=shortlink`)
    expect(headers.get('link')).toContain(`<${site.url}/wp-json/wp/v2/posts/${JOURNAL}>; rel="alt`)
  })

  test('of the journal has a preface, a long body, a credit and an image', async () => {
    const page = await pageOf(JOURNAL)
    const paragraphs = [...page.document.querySelectorAll('.entry-content > p')]
    const [preface, ...body] = paragraphs
    expect(preface?.querySelector('em')?.textContent).toBe(preface?.textContent)
    expect(body.length).toBeGreaterThan(9)
    expect(body.slice(0, -1).some((paragraph) => paragraph.querySelector('em'))).toBe(false)
    expect(body.at(-1)?.textContent).toBe('(Extrait de L’Almanach des rivières)')
    expect(page.text('.taxonomy-category')).toBe('Patrimoine')
    expect(page.text('.taxonomy-post_tag')).toBe('canal, rivières, savoir-faire')
    expect(page.attribute('.taxonomy-category a', 'href')).toBe(`${site.url}/category/patrimoine/`)
    expect(page.attribute('.taxonomy-post_tag a', 'href')).toBe(`${site.url}/tag/canal/`)
    const image = '.wp-block-post-featured-image img'
    expect(page.attribute(image, 'src')).toBe(page.property('image'))
    expect(page.attribute(image, 'alt')).toMatch(/^Une péniche/)
  })

  test('carries the share bar, the counter and a description spoilt by both', async () => {
    const page = await pageOf(JOURNAL)
    const content = page.document.querySelector('.entry-content')
    expect(content?.firstElementChild?.className).toBe('share-bar')
    expect(content?.lastElementChild?.textContent).toBe('Views: 29')
    expect(page.property('description')).toMatch(
      /^Partager sur Facebook .* TelegramC’est souvent .* \[…\]$/,
    )
  })

  test('names no address of another machine but the networks’ and WordPress’s own', async () => {
    const { document } = await pageOf(JOURNAL)
    const addresses = [...document.querySelectorAll('[href], [src], [action]')]
      .filter((element) => !element.closest('.share-bar'))
      .map((element) => ['href', 'src', 'action'].map((name) => element.getAttribute(name)))
      .map((values) => values.find(Boolean))
    const foreign = addresses.filter((address) => !address?.startsWith(site.url))
    expect(foreign).toEqual(['https://wordpress.org'])
  })

  test('is found without the slash at its end, by a redirect', async () => {
    const { url } = await pageOf(JOURNAL)
    const bare = await fetch(url.slice(0, -1), { redirect: 'manual' })
    expect([bare.status, bare.headers.get('location')]).toEqual([301, url])
  })
})

describe('the JSON', () => {
  test('has the text without the plugins’ additions, and an excerpt cut from it', async () => {
    const post = await jsonOf(JOURNAL)
    expect(post).toMatchObject({
      type: 'post',
      status: 'publish',
      date: '2026-02-11T09:12:00',
      date_gmt: '2026-02-11T08:12:00',
      content: { protected: false, rendered: expect.stringMatching(/^<p><em>C’est souvent/) },
      excerpt: { rendered: expect.stringMatching(/^<p>C’est souvent .* \[&hellip;\]<\/p>\n$/) },
    })
    expect(JSON.stringify(post)).not.toMatch(/Partager sur|Views: 29/)
  })

  test('has author, image and terms only where it is asked to embed them', async () => {
    expect(await jsonOf(JOURNAL)).not.toHaveProperty('_embedded')
    expect(await jsonOf(JOURNAL, '?_embed')).toMatchObject({
      _embedded: {
        author: [{ name: 'La rédaction' }],
        'wp:featuredmedia': [
          {
            alt_text: expect.stringMatching(/^Une péniche/),
            source_url: `${site.url}/wp-content/uploads/2026/02/ecluse.jpg`,
          },
        ],
        'wp:term': [
          [{ name: 'Patrimoine', taxonomy: 'category' }],
          [{ name: 'canal', taxonomy: 'post_tag' }, { name: 'rivières' }, { name: 'savoir-faire' }],
        ],
      },
    })
    expect(await jsonOf(NO_TEXT, '?_embed')).not.toHaveProperty(['_embedded', 'wp:featuredmedia'])
  })

  test('says as WordPress does that there is no such post', async () => {
    const response = await fetch(`${site.url}/wp-json/wp/v2/posts/4000`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'rest_post_invalid_id' })
  })
})

describe('the protected article', () => {
  test('shows a form instead of its text', async () => {
    const page = await pageOf(PROTECTED)
    expect(page.text('h1')).toBe('Protected: Le plan du prochain numéro')
    expect(page.attribute('form.post-password-form input[type="password"]', 'name')).toBe(
      'post_password',
    )
    expect((await itemOf(PROTECTED)).title).toBe('Protected: Le plan du prochain numéro')
    expect(await jsonOf(PROTECTED)).toMatchObject({
      title: { rendered: 'Le plan du prochain numéro' },
      content: { rendered: '', protected: true },
      excerpt: { rendered: '', protected: true },
    })
  })

  test('gives its text away nowhere', async () => {
    const secret = 'réservé aux correspondants'
    expect(articleOf(PROTECTED).body.join()).toContain(secret)
    const json = `/wp-json/wp/v2/posts/${PROTECTED}`
    for (const path of ['/', '/feed/', `/?p=${PROTECTED}`, json, `${json}?_embed`]) {
      const response = await fetch(site.url + path)
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain(secret)
    }
  })
})

describe('the oddities', () => {
  test('a title of more than 400 characters', async () => {
    expect((await pageOf(LONG_TITLE)).text('h1')?.length).toBeGreaterThan(400)
  })

  test('emoji families, flags and a decomposed accent in a title, signs in the text', async () => {
    const page = await pageOf(EMOJI)
    expect(page.text('h1')).toMatch(/^👨‍👩‍👧‍👦 .*🇧🇪🇨🇭🇫🇷🏴󠁧󠁢󠁳󠁣󠁴󠁿/v)
    expect(page.text('h1')).toContain('cafe\u0301')
    expect((await itemOf(EMOJI)).title).toBe(page.text('h1'))
    expect(page.text('.entry-content')).toContain('**gras**, _penché_, `code`')
    expect(page.text('.entry-content')).toContain('1 < 2 && 3 > 2')
  })

  test('a hand-written excerpt with an address in it, in page, feed and JSON', async () => {
    const address = 'https://recettes.example/pain?format=a4&pages=2'
    expect((await pageOf(HAND_WRITTEN)).property('description')).toContain(address)
    expect((await itemOf(HAND_WRITTEN)).description).toContain(address.replace('&', '&amp;'))
    expect(await jsonOf(HAND_WRITTEN)).toMatchObject({
      excerpt: { rendered: expect.stringContaining(address.replace('&', '&amp;')) },
    })
  })

  test('no text at all', async () => {
    expect(await jsonOf(NO_TEXT)).toMatchObject({
      content: { rendered: '', protected: false },
      excerpt: { rendered: '' },
    })
    const { document } = await pageOf(NO_TEXT)
    expect(document.querySelector('.entry-content p')).toBeNull()
  })

  test('two pictures in a text, each with words, and none that is featured', async () => {
    const { document } = await pageOf(LONG_TITLE)
    const pictures = [...document.querySelectorAll('.entry-content figure img')]
    expect(pictures.map((picture) => Boolean(picture.getAttribute('alt')))).toEqual([true, true])
    expect(document.querySelector('.wp-block-post-featured-image')).toBeNull()
    expect(await jsonOf(LONG_TITLE)).toMatchObject({
      content: { rendered: expect.stringContaining('class="wp-image-') },
    })
  })

  test('a featured picture that nobody described', async () => {
    const page = await pageOf(MORE_TAG)
    expect(page.attribute('.wp-block-post-featured-image img', 'alt') ?? '').toBe('')
    expect(page.property('image')).toMatch(/\.jpg$/)
  })

  test('Arabic, at an address in Arabic', async () => {
    const page = await pageOf(ARABIC)
    expect(page.text('h1')).toMatch(/^\p{Script=Arabic}/v)
    expect(decodeURIComponent(page.url)).toContain('/حديقة-على-ضفة-النهر/')
    expect(page.attribute('html', 'dir')).toBeNull()
  })

  test('entities and French quotes in a title, and a text that is cut by the editor', async () => {
    const page = await pageOf(MORE_TAG)
    expect(page.text('h1')).toBe(
      'Les «\u00a0petites\u00a0» crues & les grands hivers\u00a0: 4 questions',
    )
    expect((await itemOf(MORE_TAG)).title).toBe(page.text('h1'))
    expect(page.document.querySelector(`#more-${MORE_TAG}`)).not.toBeNull()
    expect(await jsonOf(MORE_TAG)).toMatchObject({
      title: { rendered: expect.stringContaining('&amp;') },
      excerpt: { rendered: expect.stringMatching(/&lt;bottes aux pieds&gt;\.<\/p>\n$/) },
    })
  })

  test('a first post in English', async () => {
    const page = await pageOf(HELLO)
    expect(page.text('h1')).toBe('Hello, riverside!')
    expect(page.text('.taxonomy-category')).toBe('Uncategorized')
  })
})

describe('the rest of the site', () => {
  test('the home page is a list and says it is no article', async () => {
    const { response, document } = await pageAt(site.url)
    expect(response.status).toBe(200)
    expect(document.querySelector('meta[property="og:type"]')?.getAttribute('content')).toBe(
      'website',
    )
    const links = [...document.querySelectorAll('h2.wp-block-post-title a')]
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      articles.map((article) => site.url + pathOf(article)),
    )
    expect(document.querySelector('link[rel="canonical"]')).toBeNull()
  })

  test.each(['/nowhere/', '/2026/02/nowhere/', '/?p=4000', '/wp-content/uploads/2026/02/no.jpg'])(
    '%s is a 404 page',
    async (path) => {
      const { response, document } = await pageAt(site.url + path)
      expect(response.status).toBe(404)
      expect(document.querySelector('h1')?.textContent).toBe('404')
    },
  )

  test('nothing can be sent to it', async () => {
    expect((await fetch(site.url, { method: 'POST', body: 'x' })).status).toBe(405)
  })

  test('the images are light JPEGs of the size that the pages say', async () => {
    for (const { image } of articles) {
      if (!image) continue
      const response = await fetch(`${site.url}/wp-content/uploads/2026/02/${image.file}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      const { format, width, height } = await sharp(bytes).metadata()
      expect({ format, width, height }).toEqual({
        format: 'jpeg',
        width: image.width,
        height: image.height,
      })
      expect(bytes.length).toBeLessThan(60_000)
    }
  })
})

describe('for tests', () => {
  test('it remembers what was asked of it', async () => {
    const own = await ownSite()
    await fetch(own.feedUrl, { method: 'HEAD' })
    await fetch(`${own.url}/?p=4000`)
    expect(own.seen()).toEqual([
      { method: 'HEAD', path: '/feed/', status: 200 },
      { method: 'GET', path: '/?p=4000', status: 404 },
    ])
  })

  test('it serves another list of articles', async () => {
    const own = await ownSite([articleOf(HELLO)])
    expect((await feedOf(own)).items.map(({ title }) => title)).toEqual(['Hello, riverside!'])
    expect((await fetch(`${own.url}/?p=${JOURNAL}`)).status).toBe(404)
  })

  test('it serves no articles, as a site does on its first day', async () => {
    const own = await ownSite([])
    expect((await feedOf(own)).items).toEqual([])
  })

  test('it refuses an article whose id or address is taken', async () => {
    const own = await ownSite([articleOf(HELLO)])
    const taken = { ...articleOf(JOURNAL), id: HELLO }
    expect(() => own.publish(taken)).toThrow('already has')
    expect(() => own.publish({ ...articleOf(HELLO), id: 91 })).toThrow('already has')
    expect((await feedOf(own)).items).toHaveLength(1)
  })

  test('it says that its port is taken, and frees it when closed', async () => {
    const own = await startSite({ port: 0 })
    const port = Number(new URL(own.url).port)
    await expect(startSite({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await own.close()
    opened.push(await startSite({ port }))
  })
})
