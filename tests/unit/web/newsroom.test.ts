import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { NoticesTable } from '../../../src/store/schema.ts'
import type { Store } from '../../../src/store/store.ts'
import { clear } from './ask.ts'
import { browser as openBrowser, type Changes, told } from './browser.ts'
import { article, openHouse, type Seed, seed } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
beforeEach(() => clear(store))
afterAll(() => house.close())

/** Somebody who has logged in. */
async function reader(changes: Changes = {}) {
  const one = await openBrowser(store, changes)
  await one.logIn()
  return one
}

async function raise(
  kind: NoticesTable['kind'],
  about: Partial<Record<`${'delivery' | 'article' | 'account' | 'source'}_id`, number>>,
): Promise<number> {
  const nothing = { delivery_id: null, article_id: null, account_id: null, source_id: null }
  const { id } = await store.db
    .insertInto('notices')
    .values({ kind, raised_at: new Date(), ...nothing, ...about })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const states = async () => {
  const rows = await store.db.selectFrom('deliveries').select('state').orderBy('id').execute()
  return rows.map(({ state }) => state)
}

async function one(state: Seed['state'], changes: Parameters<typeof change>[0] = {}) {
  await seed(store, [{ platform: 'telegram', state }])
  await change(changes)
}

const change = (
  values: Partial<{ held_for: 'approval' | 'flood' | 'late'; due_at: Date | null; error: string }>,
) =>
  store.db
    .updateTable('deliveries')
    .set({ due_at: null, ...values })
    .execute()

describe('what needs a person, each with its answers', () => {
  test.each([
    ['Publish all', 'telegram: held → waits', 'pending'],
    ['Skip', 'telegram: held → canceled', 'canceled'],
  ])('held: %s', async (button, said, state) => {
    await one('held', { held_for: 'approval' })
    await raise('held', { article_id: 1 })
    const { press, open } = await reader()
    const page = await open('/')
    expect(told(page.querySelector('[data-notice=held]'))).toContain(
      'waits for your yes: “Le canal',
    )
    expect(await press('/', button)).toBe(said)
    expect(await states()).toEqual([state])
    expect((await open('/')).querySelector('[data-notice]')).toBeNull()
  })

  test('rejected: tried again', async () => {
    await one('failed', { error: JSON.stringify({ kind: 'rejected', reason: 'too long' }) })
    await raise('rejected', { delivery_id: 1 })
    const { press, open } = await reader()
    expect(told((await open('/')).querySelector('[data-notice]'))).toContain('refused: too long')
    expect(await press('/', 'Try again')).toBe('telegram: failed → waits')
    expect(await states()).toEqual(['pending'])
  })

  test.each([
    ['It is there', 'https://t.me/echo_telegram/42', 'published', /uncertain → published/],
    ['It is there', 'https://t.me/another/42', 'uncertain', /https:\/\/t\.me\/another\/42/],
    ['It is there', 'no address', 'uncertain', /no address/],
    ['Send again', '', 'pending', /uncertain → waits/],
    ['Leave it', '', 'uncertain', /telegram: uncertain/],
  ])('uncertain: %s %s', async (button, url, state, said) => {
    await one('uncertain')
    await raise('uncertain', { delivery_id: 1 })
    const { press } = await reader()
    expect(await press('/', button, url === '' ? {} : { url })).toMatch(said)
    expect(await states()).toEqual([state])
  })

  test('no access: tried again', async () => {
    await one('pending')
    const pause = { kind: 'unauthorized', reason: 'bot was kicked', fingerprint: null }
    await store.db
      .updateTable('accounts')
      .set({ paused_at: new Date(), pause: JSON.stringify(pause) })
      .execute()
    await raise('unauthorized', { account_id: 1 })
    const { press, open, door } = await reader()
    expect(told((await open('/')).querySelector('.accounts'))).toContain(
      'no access: bot was kicked',
    )
    expect(await press('/', 'Try again now')).toBe('telegram goes on')
    expect(door.woken).toHaveLength(1)
    expect(told((await open('/')).querySelector('.accounts'))).not.toContain('no access')
  })

  test('a refused change: tried again, or left as it is', async () => {
    await one('published')
    const refused = {
      change_kind: 'delete' as const,
      change_state: 'failed' as const,
      change_error: JSON.stringify({ kind: 'rejected', reason: 'older than 48 hours' }),
    }
    await store.db.updateTable('deliveries').set(refused).execute()
    await raise('change', { delivery_id: 1 })
    const { open, press } = await reader()
    expect(told((await open('/')).querySelector('[data-notice=change]'))).toMatch(
      /still stands on telegram: taking it down was refused: older than 48 hours/,
    )
    expect(await press('/', 'Try again')).toMatch(/^telegram: is tried again/)
    await store.db.updateTable('deliveries').set(refused).execute()
    await raise('change', { delivery_id: 1 })
    expect(await press('/', 'Leave it')).toBe('telegram: is left as it is')
    expect((await open('/')).querySelector('[data-notice]')).toBeNull()
  })

  test('a gap: whoever has seen it says so', async () => {
    await store.db
      .insertInto('sources')
      .values({ url: 'https://journal.example/feed/', configured: true, due_at: new Date() })
      .execute()
    await raise('gap', { source_id: 1 })
    const { open, press } = await reader()
    expect(told((await open('/')).querySelector('[data-notice=gap]'))).toMatch(/journal\.example/)
    expect(await press('/', 'I have seen it')).toBe('seen')
    expect((await open('/')).querySelector('[data-notice]')).toBeNull()
  })

  test('overdue: what to do is said, since no button could', async () => {
    await one('pending')
    await raise('overdue', { account_id: 1 })
    const notice = (await (await reader()).open('/')).querySelector('[data-notice=overdue]')
    expect(told(notice)).toContain('Look whether crieur start is running')
    expect(notice?.querySelector('button')).toBeNull()
  })

  test.each([
    ['Publish all', {}, ['pending', 'pending', 'pending'], '3 articles go out, 0 do not'],
    ['Only the newest', {}, ['pending', 'pending', 'pending'], '3 articles go out, 0 do not'],
    ['Only the newest', { newest: '1' }, ['canceled', 'canceled', 'pending'], '1 article goes out'],
    ['Only the newest', { newest: 'all' }, ['held', 'held', 'held'], 'was not understood'],
    ['None', {}, ['canceled', 'canceled', 'canceled'], '0 articles go out, 3 do not'],
  ])('too many at once: %s %o', async (button, typed, after, said) => {
    await flood(3)
    const { press, open } = await reader()
    const page = await open('/')
    expect(told(page.querySelector('[data-notice]'))).toContain('3 articles at once from journal')
    expect(page.querySelector('meta[http-equiv=refresh]')).toBeNull()
    expect(await press('/', button, typed)).toContain(said)
    expect(await states()).toEqual(after)
  })

  test('two people answer at once: one does it, the other is told who', async () => {
    await one('held', { held_for: 'approval' })
    await raise('held', { article_id: 1 })
    const people = await Promise.all([reader(), reader()])
    const said = await Promise.all(
      people.map((person, at) => person.press('/', at === 0 ? 'Publish all' : 'Skip')),
    )
    expect(said.filter((sentence) => /held →/.test(sentence))).toHaveLength(1)
    expect(said.filter((sentence) => /(approved|canceled) by page/.test(sentence))).toHaveLength(1)
    expect(await store.db.selectFrom('decisions').selectAll().execute()).toHaveLength(1)
  })

  test('of very many the newest are shown, and all of them on request', async () => {
    for (let number = 1; number <= 25; number += 1) {
      await seed(store, [{ platform: 'telegram', state: 'failed' }], {
        ...article,
        url: `${article.url}${number}/`,
      })
      await raise('rejected', { delivery_id: number })
    }
    const { open } = await reader()
    const page = await open('/')
    expect(page.querySelectorAll('[data-notice]')).toHaveLength(20)
    const all = page.querySelector('.needs .pages a')
    expect(told(all)).toBe('Show all 25')
    const more = await open(all?.getAttribute('href') ?? '')
    expect(more.querySelectorAll('[data-notice]')).toHaveLength(25)
  })
})

async function flood(articles: number): Promise<void> {
  const { id: source } = await store.db
    .insertInto('sources')
    .values({
      url: 'https://journal.example/feed',
      configured: true,
      title: null,
      etag: null,
      last_modified: null,
      due_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const notice = await raise('flood', { source_id: source })
  for (let number = 1; number <= articles; number += 1) {
    const url = `https://journal.example/${number}`
    await seed(store, [{ platform: 'telegram', state: 'held' }], { ...article, url })
  }
  await change({ held_for: 'flood' })
  await store.db.updateTable('articles').set({ source_id: source, notice_id: notice }).execute()
}

describe('the first page', () => {
  test('health is one line: what runs, when it was last looked, how much needs somebody', async () => {
    await store.db.deleteFrom('upkeep').execute()
    const { open, door } = await reader()
    expect(told((await open('/')).querySelector('.health'))).toMatch(/Nothing is being published/)
    await store.db.insertInto('upkeep').values({ name: 'sweep', at: new Date() }).execute()
    const well = (await open('/')).querySelector('.health.good')
    expect(told(well)).toMatch(/is running.*database answers.*Last look.*Nothing needs you/)
    door.clock.aheadMs += 300_000
    expect(told((await open('/')).querySelector('.health.bad'))).toMatch(
      /Nothing has been published/,
    )
  })

  test('the last articles: each post with state, link and counts, «–» where nobody can know', async () => {
    await seed(store, [
      { platform: 'telegram', state: 'published', url: 'https://t.me/echo/1' },
      { platform: 'mastodon', state: 'published', url: 'https://social.example/@echo/1' },
      { platform: 'bluesky', state: 'failed', error: { kind: 'rejected', reason: 'too long' } },
    ])
    const counts = { published_at: new Date(), counted_at: new Date(), due_at: null }
    const none = { likes: null, reposts: null, replies: null, quotes: null, views: null }
    await store.db
      .insertInto('counts')
      .values({
        ...counts,
        ...none,
        delivery_id: 1,
        account_id: 1,
        likes: 7,
        views: 1200,
        rounded: '["views"]',
        changed_at: null,
      })
      .execute()
    const page = await (await reader()).open('/')
    const [telegram, mastodon, bluesky] = [...page.querySelectorAll('[data-platform]')]
    expect(telegram?.querySelector('a[rel]')?.getAttribute('href')).toBe('https://t.me/echo/1')
    const cells = [...(telegram?.querySelectorAll('td[data-label]') ?? [])].map(told)
    expect(cells).toEqual(['7', '–', '–', '–', '≈1,200'])
    expect(told(mastodon ?? null)).toContain('published Not counted yet.')
    expect(told(bluesky ?? null)).toContain('failed refused: too long')
    expect(bluesky?.getAttribute('data-state')).toBe('failed')
  })

  test('what goes out next, and about when, in the reader’s zone', async () => {
    await one('pending', { due_at: new Date(Date.now() + 3_600_000) })
    const page = await (await reader()).open('/')
    const row = page.querySelector('.coming tbody tr')
    expect(told(row)).toMatch(/^(\w{3} \d+, )?\d\d:\d\d telegram Le canal rouvre$/)
    expect(row?.querySelector('a')?.getAttribute('href')).toBe('/articles/a1')
  })

  test('comes again by itself only while something goes out', async () => {
    const refreshes = async () =>
      (await (await reader()).open('/')).querySelector('meta[http-equiv=refresh]') !== null
    await one('published')
    expect(await refreshes()).toBe(false)
    await seed(store, [{ platform: 'mastodon', state: 'publishing' }], {
      ...article,
      url: `${article.url}2/`,
    })
    expect(await refreshes()).toBe(true)
    await raise('uncertain', { delivery_id: 1 })
    expect(await refreshes()).toBe(false)
  })

  test('older articles are a page further', async () => {
    for (let number = 1; number <= 45; number += 1) {
      await seed(store, [{ platform: 'telegram', state: 'published' }], {
        ...article,
        url: `${article.url}${number}/`,
        title: `Article ${number}`,
      })
    }
    const { open } = await reader()
    const titles = (page: Awaited<ReturnType<typeof open>>) =>
      [...page.querySelectorAll('.headline')].map(told)
    const first = await open('/')
    expect(titles(first)).toHaveLength(20)
    expect(titles(first)[0]).toBe('Article 45')
    const older = first.querySelector('section > .pages a')?.getAttribute('href') ?? ''
    expect(older).toBe('/articles?before=a26')
    const second = await open(older)
    expect(titles(second)).toHaveLength(25)
    expect(titles(second).at(-1)).toBe('Article 1')
    expect([...second.querySelectorAll('.pages a')].map(told)).toEqual(['Newest articles'])
  })
})

describe('an article', () => {
  test('tells what was tried, decided and counted', async () => {
    await one('failed', { error: JSON.stringify({ kind: 'rejected', reason: 'too long' }) })
    const at = new Date('2026-02-11T09:01:00Z')
    await store.db
      .insertInto('attempts')
      .values([
        {
          delivery_id: 1,
          position: 0,
          at,
          operation: 'publish',
          outcome: 'unavailable',
          reason: 'ECONNRESET',
          ended_at: at,
        },
        {
          delivery_id: 1,
          position: 0,
          at,
          operation: 'publish',
          outcome: 'rejected',
          reason: 'too long',
          ended_at: at,
        },
      ])
      .execute()
    const none = { reposts: null, replies: null, quotes: null, views: null }
    await store.db
      .insertInto('samples')
      .values(
        [1, 5].map((likes, hour) => ({
          delivery_id: 1,
          at: new Date(at.getTime() + hour * 3_600_000),
          likes,
          ...none,
        })),
      )
      .execute()
    const { press, open } = await reader()
    expect(await press('/articles/a1', 'Try again')).toBe('telegram: failed → waits')
    const page = await open('/articles/a1')
    const rows = (id: string) =>
      [...page.querySelectorAll(`section[aria-labelledby=${id}] tbody tr`)].map(
        (row) => told(row).replace(' 2026,', ''), // in a later year that stands there too
      )
    expect(rows('attempts')).toEqual([
      'Feb 11, 10:01 telegram publish not reached the connection broke',
      'Feb 11, 10:01 telegram publish refused too long',
    ])
    expect(rows('counts')).toEqual([
      'telegram',
      'Feb 11, 10:01 1 – – – –',
      'Feb 11, 11:01 5 – – – –',
    ])
    expect(rows('decisions')).toEqual([
      expect.stringMatching(/^\d\d:\d\d telegram tried again: failed → waits page page$/),
    ])
    expect(page.querySelector('[data-platform=telegram]')?.getAttribute('data-state')).toBe(
      'pending',
    )
  })

  test('of several posts all are answered together, or each by itself', async () => {
    await seed(store, [
      { platform: 'telegram', state: 'held' },
      { platform: 'mastodon', state: 'held' },
    ])
    await change({ held_for: 'approval' })
    const { press } = await reader()
    expect(await press('/articles/a1', 'Cancel')).toBe('telegram: held → canceled')
    expect(await states()).toEqual(['canceled', 'held'])
    expect(await press('/articles/a1', 'Approve')).toBe('mastodon: held → waits')
    expect(await states()).toEqual(['canceled', 'pending'])
  })

  test('whose post stands says that it is left as it is, where the article changed', async () => {
    await one('published')
    await store.db.updateTable('articles').set({ revision: 2 }).execute()
    const { open } = await reader()
    expect(told((await open('/articles/a1')).querySelector('.warning'))).toMatch(/left as it is/)
    await store.db.updateTable('articles').set({ state: 'withdrawn' }).execute()
    expect(told((await open('/articles/a1')).querySelector('.warning'))).toMatch(/withdrawn/)
  })

  test('whose post stands has it taken down, asked once more', async () => {
    await one('published')
    const { open, press } = await reader()
    const sure = (await open('/articles/a1')).querySelector('details.sure')
    expect(told(sure?.querySelector('summary'))).toBe('Take down')
    expect(sure?.hasAttribute('open')).toBe(false)
    expect(await press('/articles/a1', 'Yes, take it down')).toBe(
      'telegram: is taken down as soon as its account’s turn comes',
    )
    const page = await open('/articles/a1')
    expect(page.querySelector('details.sure')).toBeNull()
    expect(told(page.querySelector('footer .warning'))).toMatch(/^will be taken down at about/)
    expect(await press('/articles/a1', 'Leave it')).toBe('telegram: is left as it is')
    expect(await states()).toEqual(['published'])
  })

  test('without posts says why', async () => {
    await seed(store, [])
    await store.db.updateTable('articles').set({ state: 'known' }).execute()
    const page = await (await reader()).open('/articles/a1')
    expect(told(page.querySelector('.title .why'))).toMatch(/baseline/)
  })

  test('shows no picture from elsewhere: its site would know who looks', async () => {
    await one('published')
    const page = await (await reader()).open('/articles/a1')
    expect(page.querySelector('img')).toBeNull()
    expect(told(page.querySelector('.beneath a'))).toBe('Picture of the card: Une écluse')
  })
})

test('what came of a form is said for a minute, and to nobody who guesses', async () => {
  await one('held', { held_for: 'approval' })
  const { press, open, ask, door, csrf, send } = await reader()
  expect(await press('/articles/a1', 'Approve')).toBe('telegram: held → waits')
  const form = { csrf: await csrf(), on: 'd1', kind: 'cancel', version: '2' }
  const answer = await send('/decide', form)
  const there = answer.headers.get('location') ?? ''
  for (let time = 0; time < 2; time += 1) {
    expect(told((await open(there)).querySelector('.outcome'))).toBe('telegram: waits → canceled')
  }
  door.clock.aheadMs += 61_000
  expect((await open(there)).querySelector('.outcome')).toBeNull()
  expect((await ask('/?said=<script>')).text).not.toContain('&lt;script')
})
