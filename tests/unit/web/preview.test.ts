import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFetch } from '../../../src/net/fetch.ts'
import { type SampleSite, startSite } from '../../../src/sandbox/site.ts'
import type { Store } from '../../../src/store/store.ts'
import { serve } from '../net/serve.ts'
import { clear } from './ask.ts'
import { browser as openBrowser, type Changes, ours, told } from './browser.ts'
import { article, openHouse, seed } from './house.ts'
import { parseHTML } from 'linkedom'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
let site: SampleSite
beforeAll(async () => {
  house = await openHouse()
  store = house.store
  site = await startSite({ port: 0 })
}, 120_000)
beforeEach(() => clear(store))
afterAll(async () => {
  await site.close()
  await house.close()
})

/** Somebody logged in, where there are three accounts; what is asked for may be read at these origins. */
async function reader(
  changes: Changes = {},
  origins: string[] = [site.url],
  template: string | null = null,
) {
  await store.db
    .insertInto('accounts')
    .values(
      (['telegram', 'bluesky', 'mastodon'] as const).map((platform) => {
        return { platform, name: platform, title: `@echo_${platform}`, configured: true }
      }),
    )
    .execute()
  const fetch = createFetch({ allowPrivate: false, allowOrigins: origins })
  const file = { name: 'own.liquid', source: template ?? '' }
  const templates = { telegram: file, bluesky: file, mastodon: file, share: file }
  const own = await openBrowser(store, changes, false, {
    fetch,
    ...(template !== null && { publishing: { templates } }),
  })
  await own.logIn()
  const csrf = await own.csrf()
  const ask = async (fields: Record<string, string>) => {
    const answer = await own.send('/preview', { csrf, ...fields })
    return { answer, page: parseHTML(answer.text).document }
  }
  return { ...own, csrf, ask }
}

const json = (more: object = {}) =>
  JSON.stringify({
    url: 'https://journal.example/canal/',
    title: 'Le canal <rouvre>',
    excerpt: 'Une péniche a franchi l’écluse.',
    language: 'fr',
    ...more,
  })

describe('the page', () => {
  test('asks for a password first, and stands among the others', async () => {
    const stranger = await openBrowser(store)
    expect((await stranger.ask('/preview')).headers.get('location')).toBe('/login?next=%2Fpreview')
    const { open } = await reader()
    const page = await open('/preview?url=https://journal.example/canal/')
    expect(told(page.querySelector('nav [aria-current=page]'))).toBe('Preview')
    expect(page.querySelector('#url')?.getAttribute('value')).toBe('https://journal.example/canal/')
    expect(page.querySelectorAll('[data-platform]')).toHaveLength(0)
  })

  test('a form without the session’s token, or from elsewhere, reads nothing', async () => {
    const site = await serve((_request, response) => response.end('nothing'))
    const { send, csrf } = await reader({}, [site.url])
    expect((await send('/preview', { url: site.url })).status).toBe(403)
    const foreign = { origin: 'https://evil.example' }
    expect((await send('/preview', { csrf, url: site.url }, foreign)).status).toBe(403)
    expect(site.asked).toEqual([])
    await site[Symbol.asyncDispose]()
  })
})

describe('a preview', () => {
  test('shows an article’s post on each account, and leaves nothing behind', async () => {
    const { ask } = await reader()
    const { items } = await listed()
    const { answer, page } = await ask({ url: items[0] ?? '' })
    expect(answer.status).toBe(200)
    const posts = [...page.querySelectorAll('[data-state=preview]')]
    expect(posts.map((post) => post.getAttribute('data-platform'))).toEqual([
      'telegram',
      'bluesky',
      'mastodon',
    ])
    for (const post of posts) {
      expect(told(post)).toMatch(/\d+ \/ \d+ characters/)
      expect(told(post)).toContain('Language: fr')
    }
    expect(await store.db.selectFrom('articles').selectAll().execute()).toEqual([])
    expect(page.querySelectorAll('img')).toHaveLength(0)
    expect(told(page.querySelector('.mastodon'))).toContain('usual limits')
  })

  test('speaks the reader’s language', async () => {
    const { ask, open } = await reader()
    await open('/preview?lang=fr')
    const { page } = await ask({ json: json() })
    expect(told(page.querySelector('h1'))).toBe('Aperçu')
    expect(told(page.querySelector('.telegram footer'))).toContain(
      'Langue\u00a0: fr'.replace('\u00a0', ' '),
    )
  })

  test('of a feed shows every article, and says which could not be read', async () => {
    const { ask } = await reader()
    const { page } = await ask({ url: site.feedUrl })
    const { items } = await listed()
    expect(page.querySelectorAll('.story')).toHaveLength(items.length - 1)
    expect(told(page.querySelector('main'))).toContain('One article could not be read')
    expect(told(page.querySelector('main'))).toContain('is protected by a password')
  })

  test('of a long feed shows fifty, and says how many are left out', async () => {
    const feed = await serve(({ url }, response, origin) => {
      const items = Array.from(
        { length: 53 },
        (_, at) => `<item><title>Article ${at}</title><link>${origin}/${at}/</link></item>`,
      )
      if (url === '/feed') {
        response.setHeader('content-type', 'application/rss+xml')
        return response.end(
          `<rss version="2.0"><channel><title>Long</title>${items.join('')}</channel></rss>`,
        )
      }
      const head = `<meta property="og:type" content="article"><meta property="og:title" content="Article ${url}">`
      response.setHeader('content-type', 'text/html')
      return response.end(
        `<!doctype html><html lang="fr"><head>${head}</head><body><article><h1>Article ${url}</h1><p>Une péniche a franchi l’écluse ce matin, et toute la ville était là.</p></article></body></html>`,
      )
    })
    const { ask } = await reader({}, [feed.url])
    const { page } = await ask({ url: `${feed.url}/feed` })
    expect(page.querySelectorAll('.story')).toHaveLength(50)
    expect(told(page.querySelector('main'))).toContain('3 more articles of this feed are left out.')
    await feed[Symbol.asyncDispose]()
  }, 60_000)

  test('shows pictures without sending the browser anywhere, and says which cannot be had', async () => {
    const pictured =
      '---\ncard: true\nimages: 4\n---\n<b>{{ title }}</b>\n\n<a href="{{ url }}">{{ url }}</a>'
    const { ask } = await reader({}, [site.url], pictured)
    const images = [
      { url: `${site.url}/wp-content/uploads/2026/02/ecluse.jpg`, alt: 'Une écluse' },
      { url: `${site.url}/gone.jpg`, alt: 'Perdue' },
    ]
    const { page } = await ask({ json: json({ images }) })
    const shown = [...page.querySelectorAll('.bluesky .pictures img')]
    expect(shown.map((one) => one.getAttribute('alt'))).toEqual(['Une écluse'])
    for (const one of page.querySelectorAll('img')) {
      expect(one.getAttribute('src')).toMatch(/^data:image\/jpeg;base64,/)
    }
    expect(told(page.querySelector('.bluesky footer'))).toContain(
      `stays away: ${site.url}/gone.jpg`,
    )
  })

  test('takes an Article as JSON, pasted or as a file; its words are text', async () => {
    const { ask, csrf, door, cookies } = await reader()
    const pasted = await ask({ json: json() })
    expect(told(pasted.page.querySelector('.bluesky .text'))).toContain('Le canal <rouvre>')
    const form = new FormData()
    form.set('csrf', csrf)
    form.set('url', '')
    form.set('json', '')
    form.set('file', new File([json({ title: 'D’un fichier' })], 'article.json'))
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request(`${ours}/preview`, { method: 'POST', body: form })
    const headers = {
      host: 'localhost:8080',
      origin: ours,
      cookie,
      'content-type': request.headers.get('content-type') ?? '',
    }
    const sent = await door.ask('POST', '/preview', { headers, body: await request.arrayBuffer() })
    expect(sent.text).toContain('D’un fichier')
  })

  test('offers links to share the article elsewhere, which tell nobody where they were', async () => {
    const { ask } = await reader()
    const { page } = await ask({ json: json() })
    const links = [...page.querySelectorAll('.share a')]
    expect(links.map(told)).toEqual(['Facebook', 'X', 'WhatsApp', 'E-mail'])
    for (const link of links) {
      expect(link.getAttribute('rel')).toBe('noreferrer noopener')
      expect(link.getAttribute('target')).toBe('_blank')
    }
    expect(links[1]?.getAttribute('href')).toContain('Le%20canal%20%3Crouvre%3E')
  })

  test('an address that X would count as words leaves X out, and the page stands', async () => {
    const { ask } = await reader()
    const url = `https://journal.internal/${'canal-'.repeat(65)}`
    const { answer, page } = await ask({ json: json({ url }) })
    expect(answer.status).toBe(200)
    const links = [...page.querySelectorAll('.share a')]
    expect(links.map(told)).toEqual(['Facebook', 'WhatsApp', 'E-mail'])
  })
})

test('an address that leaves no room for a post is said beside the form', async () => {
  const { ask } = await reader()
  const { answer, page } = await ask({
    json: json({ url: `https://journal.internal/${'canal-'.repeat(300)}` }),
  })
  expect(answer.status).toBe(422)
  expect(told(page.querySelector('form [role=alert]'))).toBe(
    'No post can be written for mastodon: the article’s address alone is too long there.',
  )
})

const wrong: [what: string, fields: Record<string, string>, sentence: RegExp][] = [
  ['nothing', {}, /Give an address/],
  ['no address', { url: 'le canal' }, /is no web address/],
  ['a private address', { url: 'http://127.0.0.1:1/' }, /private network/],
  ['no JSON', { json: '{' }, /no valid JSON/],
  ['an unknown field', { json: json({ titel: 'x' }) }, /titel is no field/],
]

describe('what cannot be shown is said beside the form', () => {
  test.each(wrong)('%s', async (_what, fields, sentence) => {
    const { ask } = await reader()
    const { answer, page } = await ask(fields)
    expect(answer.status).toBe(422)
    expect(told(page.querySelector('form [role=alert]'))).toMatch(sentence)
    expect(page.querySelector('[aria-invalid]')?.getAttribute('aria-describedby')).toBe('wrong')
    expect(page.querySelector('#url')?.getAttribute('value')).toBe(fields['url'] ?? '')
  })

  test('a form that is too long is not read', async () => {
    const { ask } = await reader()
    const { answer } = await ask({ json: json({ content: 'é'.repeat(600_000) }) })
    expect(answer.status).toBe(413)
  })

  test('one preview at a time: who asks again while a site hangs is asked to wait', async () => {
    const gate = new PassThrough()
    const slow = await serve((_request, response) => {
      gate.once('data', () => response.writeHead(404).end())
      gate.emit('asked')
    })
    const { ask } = await reader({}, [slow.url])
    const asked = once(gate, 'asked')
    const first = ask({ url: `${slow.url}/hangs` })
    await asked
    const { answer, page } = await ask({ json: json() })
    expect(answer.status).toBe(429)
    expect(told(page.querySelector('[role=alert]'))).toContain('Another preview is being made')
    gate.write('go on')
    expect((await first).answer.status).toBe(422)
    expect((await ask({ json: json() })).answer.status).toBe(200)
    await slow[Symbol.asyncDispose]()
  })
})

test('an article’s own page offers the links to share it, too', async () => {
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  const { open, logIn } = await openBrowser(store)
  await logIn()
  const page = await open('/articles/a1')
  expect(told(page.querySelector('.share'))).toBe('Share elsewhere Facebook X WhatsApp E-mail')
  const facebook = page.querySelector('.share a')?.getAttribute('href') ?? ''
  expect(new URL(facebook).searchParams.get('u')).toBe(article.url)
})

/** The addresses that the sample's feed names. */
async function listed(): Promise<{ items: string[] }> {
  const feed = await (await fetch(site.feedUrl)).text()
  const items = [...feed.matchAll(/<item>[\s\S]*?<link>([^<]+)<\/link>/g)]
  return { items: items.map(([, link = '']) => link) }
}
