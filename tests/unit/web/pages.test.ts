import { parseHTML } from 'linkedom'
import { afterAll, beforeEach, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { article, openHouse, seed } from './house.ts'
import { clear } from './ask.ts'
import { browser as openBrowser, type Changes, ours, type Sent, told } from './browser.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
beforeEach(() => clear(store))
afterAll(() => house.close())

const browser = (changes: Changes = {}, sandbox = false) => openBrowser(store, changes, sandbox)

const stateOf = async (id = 1) =>
  await store.db
    .selectFrom('deliveries')
    .select(['state', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

async function hold() {
  await seed(store, [{ platform: 'telegram', state: 'held' }])
  await store.db.updateTable('deliveries').set({ held_for: 'approval' }).execute()
  await store.db
    .insertInto('notices')
    .values({
      kind: 'held',
      delivery_id: null,
      article_id: 1,
      account_id: null,
      source_id: null,
      raised_at: new Date(),
    })
    .execute()
}

describe('deciding', () => {
  test('a button carries out what it says, and the page says what came of it', async () => {
    await hold()
    const { logIn, send, csrf, open, door } = await browser()
    await logIn()
    const fields = { csrf: await csrf(), on: 'n1', kind: 'approve', version: '1' }
    const answer = await send('/decide', fields, { referer: `${ours}/` })
    expect(answer.status).toBe(303)
    expect((await stateOf()).state).toBe('pending')
    expect(door.woken).toHaveLength(1)
    const page = await open(answer.headers.get('location') ?? '')
    expect(told(page.querySelector('.outcome'))).toBe('telegram: held → waits')
    const [decision] = await store.db.selectFrom('decisions').selectAll().execute()
    expect(decision).toMatchObject({ kind: 'approve', who: 'page', door: 'page' })
  })

  test('an old button changes nothing and says how things are, and who decided', async () => {
    await hold()
    const { logIn, send, csrf, open } = await browser()
    await logIn()
    const fields = { csrf: await csrf(), on: 'a1', version: '1' }
    await send('/decide', { ...fields, kind: 'approve' })
    const answer = await send('/decide', { ...fields, kind: 'cancel' })
    const page = await open(answer.headers.get('location') ?? '')
    expect(told(page.querySelector('.outcome'))).toMatch(/now: waits.*page/)
    expect((await stateOf()).state).toBe('pending')
  })

  test('an account is stopped and goes on', async () => {
    await seed(store, [{ platform: 'telegram', state: 'published' }])
    const { logIn, send, csrf, open } = await browser()
    await logIn()
    await send('/accounts/telegram/pause', { csrf: await csrf() })
    expect(told((await open('/')).querySelector('.accounts'))).toContain('paused by page')
    await send('/accounts/telegram/resume', { csrf: await csrf() })
    const [account] = await store.db.selectFrom('accounts').selectAll().execute()
    expect(account?.paused_at).toBeNull()
  })

  const attacks: [string, Sent, Sent, number][] = [
    ['from a page elsewhere', {}, { origin: 'https://evil.example' }, 403],
    ['from another program on this machine', {}, { origin: 'http://localhost:3000' }, 403],
    ['from a page that hides where it is', {}, { origin: 'null' }, 403],
    ['without a token', { csrf: '' }, {}, 403],
    ['with a token of one’s own making', { csrf: 'x'.repeat(32) }, {}, 403],
    ['about nothing there is', { on: 'a99' }, {}, 303],
    ['about what is no id', { on: "1' or true--" }, {}, 303],
    ['of a kind there is not', { kind: 'delete' }, {}, 303],
    ['of a version that is no number', { version: '-1' }, {}, 303],
  ]
  test.each(attacks)('a form %s does nothing', async (_, fields, headers, status) => {
    await hold()
    const { logIn, send, csrf, door } = await browser()
    await logIn()
    const right = { csrf: await csrf(), on: 'a1', kind: 'approve', version: '1' }
    const answer = await send('/decide', { ...right, ...fields }, headers)
    expect(answer.status).toBe(status)
    expect((await stateOf()).state).toBe('held')
    if (status === 403) expect(door.logged.at(-1)).toMatch(/foreign-origin|wrong-form-token/)
  })

  test('where a browser names only the page it came from, that decides', async () => {
    await hold()
    const { logIn, ask, csrf, door } = await browser()
    await logIn()
    const form = { csrf: await csrf(), on: 'a1', kind: 'approve', version: '1' }
    expect((await ask('/decide', {}, form)).status).toBe(403)
    expect((await ask('/decide', { referer: 'https://evil.example/' }, form)).status).toBe(403)
    expect((await stateOf()).state).toBe('held')
    expect((await ask('/decide', { referer: `${ours}/` }, form)).status).toBe(303)
    expect((await stateOf()).state).toBe('pending')
    expect(door.logged.filter((line) => line.includes('foreign-origin'))).toHaveLength(2)
  })

  test('afterwards one is where one was, and never elsewhere', async () => {
    await hold()
    const { logIn, send, csrf } = await browser()
    await logIn()
    const form = { csrf: await csrf(), on: 'a99', kind: 'approve', version: '1' }
    for (const [from, to] of [
      ['/articles/a1', '/articles/a1'],
      ['/articles?before=a9', '/articles'],
      ['//evil/x', '/'],
      ['/%2f%2fevil.example', '/'],
    ] as const) {
      const answer = await send('/decide', form, { referer: `${ours}${from}` })
      expect(answer.headers.get('location')?.split('?')[0]).toBe(to)
    }
  })

  test('a form that is no form, or too long, does nothing', async () => {
    await hold()
    const { logIn, door, cookies, csrf } = await browser()
    await logIn()
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const right = new URLSearchParams({
      csrf: await csrf(),
      on: 'a1',
      kind: 'approve',
      version: '1',
    })
    for (const [body, status] of [
      [JSON.stringify(Object.fromEntries(right)), 403],
      [`${right.toString()}&more=${'x'.repeat(20_000)}`, 413],
    ] as const) {
      const answer = await door.ask('POST', '/decide', { headers: { origin: ours, cookie }, body })
      expect(answer.status).toBe(status)
    }
    expect((await stateOf()).state).toBe('held')
  })

  test('a form without a session, or with somebody else’s token, does nothing', async () => {
    await hold()
    const one = await browser()
    await one.logIn()
    const csrf = await one.csrf()
    const fields = { csrf, on: 'a1', kind: 'approve', version: '1' }
    const other = await browser()
    expect((await other.send('/decide', fields)).status).toBe(401)
    await other.logIn()
    expect((await other.send('/decide', fields)).status).toBe(403)
    expect((await stateOf()).state).toBe('held')
  })

  test('in the sandbox a form still has to be one of ours', async () => {
    await hold()
    const { send, csrf } = await browser({}, true)
    const fields = { on: 'a1', kind: 'approve', version: '1' }
    expect((await send('/decide', fields)).status).toBe(403)
    expect((await send('/decide', { ...fields, csrf: await csrf() })).status).toBe(303)
    expect((await stateOf()).state).toBe('pending')
  })

  test('a sandbox that listens to the whole network asks for the password', async () => {
    const { ask } = await browser({ host: '0.0.0.0' }, true)
    expect((await ask('/')).headers.get('location')).toBe('/login')
  })
})

describe('what strangers wrote', () => {
  const nasty = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>\u202egnp\u0007=1+1`
  test.each(['/', '/articles', '/articles/a1', '/stats?by=article'])(
    'stays words on %s',
    async (path) => {
      const title = nasty + ' long'.repeat(1000)
      const error = { kind: 'rejected' as const, reason: nasty }
      await seed(
        store,
        [
          { platform: 'telegram', state: 'published', url: 'javascript:alert(4)' },
          { platform: 'mastodon', state: 'failed', error },
        ],
        { ...article, title, url: 'https://journal.example/x' },
      )
      await store.db
        .insertInto('decisions')
        .values({
          at: new Date(),
          kind: 'retry',
          who: nasty,
          door: 'bot',
          delivery_id: 1,
          article_id: null,
          account_id: null,
          notice_id: null,
          from_state: nasty,
          to_state: 'pending',
        })
        .execute()
      await store.db.updateTable('accounts').set({ title: nasty }).execute()
      const { logIn, ask } = await browser()
      await logIn()
      const source = (await ask(path)).text
      expect(source).not.toMatch(/<script|<img src=x|href="javascript/)
      for (const sign of ['\u0007', '\u202e']) expect(source).not.toContain(sign)
      const { document } = parseHTML(source)
      expect(document.querySelectorAll('script, [onclick], [onerror]')).toHaveLength(0)
      expect(source.length).toBeLessThan(60_000)
    },
  )

  test('a spreadsheet takes no title for a formula', async () => {
    await seed(store, [{ platform: 'telegram', state: 'published' }], {
      ...article,
      title: '=HYPERLINK("https://evil.example")',
    })
    await store.db.updateTable('deliveries').set({ published_at: new Date() }).execute()
    const { logIn, ask } = await browser()
    await logIn()
    const answer = await ask('/stats.csv?by=article&since=all')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  })
})

test('an article there is not, and an address that is none of ours', async () => {
  const { logIn, ask } = await browser()
  await logIn()
  expect((await ask('/articles/a99')).status).toBe(404)
  expect((await ask('/articles/x')).status).toBe(404)
  expect((await ask('/nowhere')).status).toBe(404)
})
