import { parseHTML } from 'linkedom'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { routes } from '../../../src/web/routes.ts'
import { article, draft, empty, openHouse, seed, webOf } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
afterEach(() => empty(store))
afterAll(() => house.close())

type Changes = Parameters<typeof webOf>[1]
const web = (changes: Changes = {}, sandbox = true, ready = true) =>
  routes(webOf(store, changes, sandbox), () => ready)
const get = async (path: string, headers: Record<string, string> = {}, changes: Changes = {}) =>
  (await web(changes)).request(path, { headers: { host: 'localhost:8080', ...headers } })
const home = async (changes: Changes = {}) =>
  parseHTML(await (await get('/', {}, changes)).text()).document
const shown = (root: { textContent: string | null }) =>
  (root.textContent ?? '').replace(/\s+/g, ' ').trim()

test('healthz tells that a Crieur lives, whatever the Host', async () => {
  const answer = await get('/healthz', { host: 'balancer.example' })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ crieur: 'alive' })
})

test('healthz tells whoever bears the token how accounts and sources are, and nobody else', async () => {
  const changes = { apiToken: 'a-word-of-mine' }
  const wrong = await get('/healthz', { authorization: 'Bearer another-word' }, changes)
  expect(await wrong.json()).toEqual({ crieur: 'alive' })
  const answer = await get('/healthz', { authorization: 'Bearer a-word-of-mine' }, changes)
  expect(await answer.json()).toMatchObject({ crieur: 'alive', accounts: [], sources: [] })
})

test('readyz answers 200 once all is up, 503 before', async () => {
  const before = await (await web({}, true, false)).request('/readyz')
  expect(before.status).toBe(503)
  expect(await before.json()).toMatchObject({ ready: false, started: false, store: true })
  expect((await (await web()).request('/readyz')).status).toBe(200)
})

test('another Host is refused in one line that names PUBLIC_URL', async () => {
  const answer = await get('/', { host: 'evil.example' })
  expect(answer.status).toBe(421)
  const text = await answer.text()
  expect(text).toContain('PUBLIC_URL')
  expect(text.trim()).not.toContain('\n')
  const changes = { publicUrl: 'https://evil.example' }
  const known = await get('/login', { host: 'evil.example' }, changes)
  expect(known.status).toBe(200)
})

test.each(['/', '/style.css', '/healthz', '/nowhere'])(
  '%s carries security headers',
  async (path) => {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('script')
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(policy).toContain("form-action 'self'")
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.has('strict-transport-security')).toBe(false)
  },
)

test('pictures come from the sample site only, or from the feeds one brings', async () => {
  const pictures = async (answer: Response | Promise<Response>) =>
    /img-src ([^;]*)/.exec((await answer).headers.get('content-security-policy') ?? '')?.[1]
  expect(await pictures(get('/'))).toBe("'self' data: http://127.0.0.1:4001")
  const sources = [{ url: 'http://journal.example/feed', remove: [] }]
  expect(await pictures(get('/', {}, { sources }))).toBe(
    "'self' data: https: http://journal.example",
  )
  const real = await web({}, false)
  expect(await pictures(real.request('/'))).toBe("'self' data:")
})

test('a change that comes from no form of ours is refused, and reading changes nothing', async () => {
  const answer = await (await web()).request('/', { method: 'POST' })
  expect(answer.status).toBe(403)
  const head = await (await web()).request('/', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('an unknown address gets a page that says so', async () => {
  const answer = await get('/nowhere')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('There is no page at this address.')
})

test('with real accounts nothing is shown before logging in', async () => {
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  const answer = await (await web({}, false)).request('/articles/a1?x=y')
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    '/login?next=%2Farticles%2Fa1%3Fx%3Dy',
  ])
  expect(await answer.text()).toBe('')
})

test('before the first post the page says so, and comes again by itself', async () => {
  const document = await home()
  expect(shown(document.body)).toContain('The first posts are being written…')
  expect(document.querySelector('meta[http-equiv=refresh]')?.getAttribute('content')).toBe('2')
})

test('once everything has settled the page stands still', async () => {
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  expect((await home()).querySelector('meta[http-equiv=refresh]')).toBeNull()
  await seed(store, [{ platform: 'mastodon', state: 'publishing' }])
  expect((await home()).querySelector('meta[http-equiv=refresh]')).not.toBeNull()
})

test('each delivery is drawn with its state, its count and its address', async () => {
  const url = 'https://t.me/echo/42'
  await seed(store, [
    { platform: 'telegram', state: 'published', url },
    { platform: 'bluesky', state: 'failed', error: { kind: 'rejected', reason: 'too long' } },
    { platform: 'mastodon', state: 'held', warnings: [{ kind: 'left-out', about: '#canal' }] },
  ])
  const document = await home()
  const [telegram, bluesky, mastodon] = [...document.querySelectorAll('[data-platform]')]
  if (!telegram || !bluesky || !mastodon) throw new Error('three posts should be drawn')
  expect(telegram.getAttribute('data-platform')).toBe('telegram')
  expect(telegram.getAttribute('data-state')).toBe('published')
  expect(shown(telegram)).toContain('212 / 300')
  expect(shown(telegram)).toContain('10:00')
  expect(telegram.querySelector('.link a')?.getAttribute('href')).toBe(url)
  expect(bluesky.getAttribute('data-state')).toBe('failed')
  expect(shown(bluesky)).toContain('refused: too long')
  expect(shown(mastodon)).toContain('Left out: #canal')
  expect(telegram.querySelector('img')?.getAttribute('alt')).toBe('Une écluse')
})

test('the newest article comes first, under its title', async () => {
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  await seed(store, [{ platform: 'telegram', state: 'published' }], {
    ...article,
    url: `${article.url}2/`,
    title: 'La suite',
  })
  const titles = [...(await home()).querySelectorAll('.story h2')].map(shown)
  expect(titles).toEqual(['La suite', 'Le canal rouvre'])
})

test('the words of an article are words, never markup', async () => {
  const title = `<script>alert(1)</script> "x" & 'y'`
  const text = `${title}\n\n<img src=x onerror=alert(2)>`
  const card = { url: 'javascript:alert(3)', title, description: text, image: null, above: false }
  const facets = [{ kind: 'link' as const, start: 0, end: 8, value: 'javascript:alert(4)' }]
  await seed(
    store,
    [
      { platform: 'telegram', state: 'published', drafts: [{ ...draft, text, card, facets }] },
      { platform: 'bluesky', state: 'failed', error: { kind: 'rejected', reason: title } },
    ],
    { ...article, title },
  )
  const source = await (await get('/')).text()
  expect(source).not.toMatch(/<script|<img src=x|href="javascript/)
  const { document } = parseHTML(source)
  expect(shown(document.querySelector('.story h2') ?? document)).toBe(title)
  expect(document.querySelector('[data-platform=telegram] .text')?.textContent).toBe(text)
})

test('a text is whole in the page, also what Mastodon hides of an address', async () => {
  const start = draft.text.indexOf('https')
  const facets = [
    { kind: 'link' as const, start, end: draft.text.length, value: draft.text.slice(start) },
  ]
  await seed(store, [{ platform: 'mastodon', state: 'published', drafts: [{ ...draft, facets }] }])
  const text = (await home()).querySelector('[data-platform=mastodon] .text')
  expect(text?.textContent).toBe(draft.text)
  expect(text?.querySelector('.cut')?.textContent).toBe('echo.example/2026/02/11/le-can')
  expect(text?.getAttribute('dir')).toBe('auto')
  expect(text?.getAttribute('lang')).toBe('fr')
})

test('what is still to be written is drawn as a preview writes it', async () => {
  await seed(store, [{ platform: 'telegram', state: 'pending', drafts: [] }])
  const [telegram] = (await home()).querySelectorAll('[data-platform]')
  expect(telegram?.querySelector('.text strong')?.textContent).toBe('Le canal rouvre')
  expect(shown(telegram ?? { textContent: '' })).toContain('/ 4096')
})

test('a card that went out without its picture is drawn without it', async () => {
  const warnings = [{ kind: 'no-thumbnail' as const, about: `${article.image?.url}` }]
  await seed(store, [{ platform: 'bluesky', state: 'published', warnings }])
  const [bluesky] = (await home()).querySelectorAll('[data-platform]')
  expect(bluesky?.querySelector('.card')).not.toBeNull()
  expect(bluesky?.querySelector('img')).toBeNull()
})

test('the page speaks the language of LOCALE', async () => {
  const document = await home({ locale: 'fr' })
  expect(document.documentElement.getAttribute('lang')).toBe('fr')
  expect(shown(document.body)).toContain('Les premiers posts sont en cours d’écriture…')
})

test('the style sheet is served, and no page carries a script or a style of its own', async () => {
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  const style = await get('/style.css')
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
  const document = await home()
  expect(document.querySelectorAll('script, style, [style], [onclick]')).toHaveLength(0)
})
