import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Article } from '../../src/articles/article.ts'
import { whole } from '../../src/articles/kept.ts'
import { hear, type Heard, keepRead, takeDue } from '../../src/articles/ledger.ts'
import { refer } from '../../src/deliveries/refer.ts'
import type { Store } from '../../src/store/store.ts'
import { blankArticle } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let server: Server
let store: Store
beforeAll(async () => {
  server = await temporaryServer()
  store = await server.open()
})
afterAll(async () => {
  await store.close()
  await server[Symbol.asyncDispose]()
})

let number = 0
/** An address nobody used before. */
const fresh = () => `https://journal.example/${(number += 1)}/`

const heardAs = (url: string, more: Partial<Heard> = {}): Heard => ({
  url,
  keys: [`url:${url}`],
  via: 'feed',
  source: null,
  hint: null,
  state: 'heard',
  dueAt: store.clock(),
  ...more,
})

function hearOf(heard: Heard): Promise<number | null> {
  return store.db.transaction().execute((tx) => hear(tx, heard, store.clock()))
}

function keep(
  url: string,
  keys: string[],
  more: { heardAs?: number | null; dueAt?: Date | null; via?: 'feed' | 'api' } = {},
  fields: Partial<Article> = {},
) {
  const read = { article: { ...blankArticle, url, title: url, ...fields }, keys }
  const keeping = {
    heardAs: null,
    via: 'person' as const,
    dueAt: null,
    now: store.clock(),
    ...more,
  }
  return store.db.transaction().execute((tx) => keepRead(tx, read, keeping))
}

test('an article heard again by any of its keys is the row it was', async () => {
  const url = fresh()
  const first = await hearOf(heardAs(url, { keys: [`url:${url}`, `wp:journal.example:${number}`] }))
  expect(first).not.toBeNull()
  expect(await hearOf(heardAs(fresh(), { keys: [`wp:journal.example:${number - 1}`] }))).toBeNull()
})

test('many who name it in the same moment make one row', async () => {
  const url = fresh()
  const kept = await Promise.all(Array.from({ length: 5 }, () => keep(url, [`url:${url}`])))
  expect(new Set(kept.map(({ id }) => id)).size).toBe(1)
})

test('an article that was there at the baseline stays known when its page shows who it is', async () => {
  const [old, now] = [fresh(), fresh()]
  const known = await hearOf(
    heardAs(old, { keys: ['wp:old.example:1'], state: 'known', dueAt: null }),
  )
  const renamed = await hearOf(heardAs(now))
  const kept = await keep(now, [`url:${now}`, 'wp:old.example:1'], {
    heardAs: renamed,
    dueAt: store.clock(),
    via: 'feed',
  })
  expect(kept).toEqual({ id: known, state: 'known', dueAt: null })
  expect(await refer(store.db, `a${renamed}`)).toEqual({ article: known })
})

test('one that was there at the baseline and is named by another address is announced as itself', async () => {
  const [old, short] = [fresh(), fresh()]
  const known = await hearOf(heardAs(old, { state: 'known', dueAt: null }))
  const named = await hearOf(heardAs(short, { via: 'api' }))
  const dueAt = store.clock()
  const kept = await keep(old, [`url:${old}`], { heardAs: named, dueAt, via: 'api' })
  expect(kept).toEqual({ id: known, state: 'ready', dueAt })
  expect(await refer(store.db, `a${named}`)).toEqual({ article: known })
  const row = await store.db.transaction().execute((tx) => takeDue(tx, known ?? 0))
  expect(row?.via).toBe('api')
})

test('what somebody posts on purpose stays due for the accounts a source announces it on', async () => {
  const url = fresh()
  const id = await hearOf(heardAs(url))
  expect(await keep(url, [`url:${url}`])).toMatchObject({ id, state: 'ready' })
  const taken = await store.db.transaction().execute((tx) => takeDue(tx, id ?? 0))
  expect(taken?.id).toBe(id)
})

test('a revision counts only where something changed that templates can use', async () => {
  const url = fresh()
  const { id } = await keep(url, [`url:${url}`])
  await keep(url, [`url:${url}`])
  const row = await store.db
    .selectFrom('articles')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.revision).toBe(1)
})

describe('an article that was kept before its pictures were listed', () => {
  const image = { url: 'https://journal.example/moulin.jpg', alt: 'Le moulin' }
  const more = { url: 'https://journal.example/roue.jpg', alt: null }

  /** The revision, and the article as templates get it, after it was read again as it is now. */
  async function readAgain(now: Partial<Article>) {
    const url = fresh()
    const { id } = await keep(url, [`url:${url}`], {}, { image })
    await sql`update articles set article = article - 'images' - 'posts' where id = ${id}`.execute(
      store.db,
    )
    const before = await rowOf(id)
    await keep(url, [`url:${url}`], {}, { image, ...now })
    return { before, after: await rowOf(id) }
  }

  async function rowOf(id: number) {
    const row = await store.db
      .selectFrom('articles')
      .select(['revision', 'article'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const { images, posts } = whole(row.article ?? { ...blankArticle, url: '', title: '' })
    return { revision: row.revision, images, posts }
  }

  test('has its one picture, and no new revision by being read again', async () => {
    const { before, after } = await readAgain({ images: [image, more] })
    expect(before).toEqual({ revision: 1, images: [image], posts: {} })
    expect(after).toEqual({ revision: 1, images: [image, more], posts: {} })
  })

  test('has one where anything else changed', async () => {
    const posts = { bluesky: 'Le moulin rouvre.' }
    expect((await readAgain({ images: [image], posts })).after).toMatchObject({
      revision: 2,
      posts,
    })
    expect((await readAgain({ images: [image], title: 'Rouvert' })).after.revision).toBe(2)
  })
})

test('another picture is a new revision', async () => {
  const url = fresh()
  const { id } = await keep(url, [`url:${url}`])
  await keep(
    url,
    [`url:${url}`],
    {},
    { images: [{ url: 'https://journal.example/a.jpg', alt: null }] },
  )
  const { revision } = await store.db
    .selectFrom('articles')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(revision).toBe(2)
})

test('what has no key at all is not heard: it could never be known again', async () => {
  expect(await hearOf(heardAs('https://journal.example/', { keys: [] }))).toBeNull()
})
