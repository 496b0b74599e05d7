import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { startWeb } from '../../../src/web/server.ts'
import { clear } from './ask.ts'
import { browser as openBrowser, type Changes, ours, password, told } from './browser.ts'
import { openHouse, webOf } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
beforeEach(() => clear(store))
afterAll(() => house.close())

const browser = (changes: Changes = {}, sandbox = false) => openBrowser(store, changes, sandbox)

describe('logging in', () => {
  test('the right password opens the pages, with a cookie no script can read', async () => {
    const { logIn, ask } = await browser()
    const answer = await logIn()
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect((await ask('/')).status).toBe(200)
  })

  test('behind https the cookie travels by https only', async () => {
    const { send } = await browser({ publicUrl: 'https://crieur.example' })
    const headers = { host: 'crieur.example', origin: 'https://crieur.example' }
    const answer = await send('/login', { password }, headers)
    expect(answer.headers.get('set-cookie')).toMatch(/Secure/i)
  })

  test('a wrong one leaves a line with the address, and guessing soon takes a wait', async () => {
    const { send, door, logIn } = await browser()
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect((await send('/login', { password: `guess ${wrong}` })).status).toBe(401)
    }
    const waiting = await logIn()
    expect(waiting.status).toBe(429)
    expect(waiting.headers.get('retry-after')).toBe('5')
    expect(door.logged.filter((line) => line.includes('wrong-password'))).toHaveLength(5)
    expect(door.logged.join('\n')).not.toContain('guess')
    door.clock.aheadMs += 5000
    expect((await logIn()).status).toBe(303)
  })

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)'])(
    'afterwards nobody is led to %s',
    async (next) => {
      const { send } = await browser()
      const answer = await send(`/login?next=${encodeURIComponent(next)}`, { password })
      expect(answer.headers.get('location')).toBe('/')
    },
  )

  test('a form of another site logs nobody in', async () => {
    const { send } = await browser()
    const answer = await send('/login', { password }, { origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  test('logging out ends the session, another password ends all of them', async () => {
    const one = await browser()
    await one.logIn()
    expect((await one.send('/logout', {})).status).toBe(403)
    expect((await one.ask('/')).status).toBe(200)
    await one.send('/logout', { csrf: await one.csrf() })
    expect((await one.ask('/')).status).toBe(303)
    await one.logIn()
    const sessions = await store.db.selectFrom('web_sessions').selectAll().execute()
    expect(JSON.stringify(sessions)).not.toContain(password)
    const other = await browser({ adminPassword: 'another password' })
    const answer = await other.ask('/', { cookie: await cookieOf(one) })
    expect(answer.status).toBe(303)
  })

  test('a session that nobody used for a month is over', async () => {
    const { logIn, ask, door } = await browser()
    await logIn()
    door.clock.aheadMs += 31 * 24 * 3_600_000
    expect((await ask('/')).status).toBe(303)
  })
})

/** What the browser would send. */
async function cookieOf(one: Awaited<ReturnType<typeof browser>>): Promise<string> {
  const answer = await one.logIn()
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

test('a thousand guesses at once are five guesses', async () => {
  const { send, door } = await browser()
  const guesses = Array.from({ length: 200 }, (_, n) => send('/login', { password: `guess ${n}` }))
  const statuses = (await Promise.all(guesses)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(195)
  expect(door.logged.filter((line) => line.includes('too-many-passwords'))).toHaveLength(195)
})

test('the right password among wrong ones is no wrong one', async () => {
  const { send, logIn } = await browser()
  for (let round = 0; round < 20; round += 1) {
    await send('/login', { password: 'guess' })
    expect((await logIn()).status).toBe(303)
  }
})

test.each([
  ['too long a form', { password: 'x'.repeat(20_000) }, {}, 413],
  ['a form without the field', {}, {}, 401],
  ['a form that says nowhere where it is from', { password }, { origin: '' }, 403],
])('%s logs nobody in', async (_, form, headers, status) => {
  const { send } = await browser()
  const answer = await send('/login', form, headers)
  expect(answer.status).toBe(status)
  expect(answer.headers.has('set-cookie')).toBe(false)
})

test('what is no form logs nobody in', async () => {
  const { door } = await browser()
  for (const type of ['application/json', 'multipart/form-data', 'text/plain']) {
    const headers = { origin: ours, 'content-type': type }
    const body = JSON.stringify({ password })
    expect((await door.ask('POST', '/login', { headers, body })).status).toBe(401)
  }
})

test('asking only for the head of a page leads to the log-in too', async () => {
  const { door } = await browser()
  const answer = await door.ask('HEAD', '/articles')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?next=%2Farticles'])
})

describe('without ADMIN_PASSWORD', () => {
  const start = (changes: Changes = {}, sandbox = false) =>
    startWeb(webOf(store, changes, sandbox), () => true)
  beforeEach(async () => {
    await store.db.deleteFrom('web_password').execute()
  })

  test('the first start makes a password, tells it once and keeps only its hash', async () => {
    const first = await start()
    const made = (await first.firstPassword()) ?? ''
    await first.close()
    expect(made).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    const later = await start()
    expect(await later.firstPassword()).toBeNull()
    await later.close()
    const kept = await store.db.selectFrom('web_password').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(made)
    const { send } = await browser({ adminPassword: null })
    expect((await send('/login', { password: 'abcd-efgh-jkmn-pqrs' })).status).toBe(401)
    expect((await send('/login', { password: made })).status).toBe(303)
  })

  test('before it is made no password fits', async () => {
    const { send } = await browser({ adminPassword: null })
    for (const given of ['', 'null', 'undefined']) {
      expect((await send('/login', { password: given })).status).toBe(401)
    }
  })

  test.each([
    ['the setting wins', { adminPassword: password }, false],
    ['the sandbox on this machine needs none', {}, true],
  ])('%s: none is made', async (_, changes, sandbox) => {
    const web = await start(changes, sandbox)
    expect(await web.firstPassword()).toBeNull()
    await web.close()
  })
})

describe('the language', () => {
  test('is LOCALE’s until somebody chooses the other, on any page, for good', async () => {
    const { ask, open, logIn } = await browser({ locale: 'en' })
    const login = await open('/login')
    const other = login.querySelector('a[hreflang=fr]')?.getAttribute('href') ?? ''
    expect(other).toBe('/login?lang=fr')
    const chosen = await ask(other)
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/login'])
    expect(told(await open('/login').then((page) => page.querySelector('button')))).toBe(
      'Se connecter',
    )
    await logIn()
    const home = await open('/')
    expect(home.documentElement.getAttribute('lang')).toBe('fr')
    await ask('/?lang=en')
    expect((await open('/')).documentElement.getAttribute('lang')).toBe('en')
  })

  test.each([
    ['//evil.example/x?lang=fr', '/evil.example/x'],
    ['/stats?since=7d&lang=fr&by=article', '/stats?since=7d&by=article'],
    ['/?lang=xx', '/login?next=%2F%3Flang%3Dxx'],
  ])('%s leads to %s', async (path, location) => {
    const { door } = await browser()
    const answer = await door.ask('GET', `${ours}${path}`)
    const { pathname, search } = new URL(answer.headers.get('location') ?? '', ours)
    expect(pathname + search).toBe(location)
  })
})
