import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/mastodon/connection.ts'
import type { Connection } from '../../../../src/platforms/platform.ts'
import { describeMishaps } from '../mishaps.ts'
import {
  type Answer,
  draft,
  errorRows,
  failureOf,
  type Handler,
  now,
  publication,
  serve,
  soon,
  titleOf,
} from '../support.ts'

const accessToken = 'crieur-unit-test-access-token'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const connect = (url: string) => open({ url, accessToken }, { clock: () => now, connectMs: 250 })

const syndication = { id: '109', url: 'https://town.example/@crier/109' }
const bytes = new Uint8Array([255, 216, 255])
const image = { bytes, mime: 'image/jpeg', width: 1, height: 1, alt: 'A square' }

/** How each operation of the specification reaches the platform; all others publish. */
const reach: Record<string, (connection: Connection) => Promise<unknown>> = {
  edit: (connection) => connection.edit(syndication, draft, publication, soon()),
  delete: (connection) => connection.remove(syndication, soon()),
  upload: (connection) => connection.upload(image, soon()),
  count: (connection) => connection.engagement([syndication, syndication], soon()),
}

async function connectToServer(handler: Handler) {
  const { url, close } = await serve(handler)
  closing.push(close)
  const connection = await connect(url)
  closing.push(() => connection.close())
  return connection
}

const rows = errorRows('mastodon')
// a server that lacks a call is asked by another one: below
const lacking = rows.filter(({ operation, status }) => operation === 'count' && status === 404)
const answered = rows.filter((row) => row.status !== undefined && !lacking.includes(row))

describe('answers of the specification', () => {
  test.for(answered.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const connection = await connectToServer(() => row)
    const call =
      reach[row.operation]?.(connection) ?? connection.publish(draft, publication, soon())
    if (row.done === true) return void (await call)
    const error = await failureOf(call, [accessToken])
    expect(error.kind).toBe(row.kind)
    const reset = row.headers?.['x-ratelimit-reset']
    expect(error.retryAt).toEqual(reset === undefined ? null : new Date(reset))
  })

  test.for(lacking.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const one = { ...syndication, favourites_count: 3 }
    const connection = await connectToServer(({ path }) =>
      path.includes('id[]') || path.includes('id%5B%5D') ? row : { body: one },
    )
    expect(await reach['count']?.(connection)).toMatchObject([{ likes: 3 }])
  })
})

describe('a 404', () => {
  const missing = { status: 404, body: { error: 'Record not found' } }
  const page = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Lost</h1>' }
  const status = { body: { ...syndication, content: '', created_at: now.toISOString() } }
  const changing = ({ method }: { method: string }, answer: Answer, otherwise: Answer) =>
    method === 'PUT' || method === 'DELETE' ? answer : otherwise
  const edited = (connection: Connection) =>
    failureOf(connection.edit(syndication, draft, publication, soon()), [accessToken])

  test('to an edit: the post is gone', async () => {
    const connection = await connectToServer(() => missing)
    expect(await edited(connection)).toMatchObject({ kind: 'rejected', gone: true })
  })

  test('to an edit, where the post stands: the server cannot edit', async () => {
    const connection = await connectToServer((request) => changing(request, missing, status))
    expect(await edited(connection)).toMatchObject({ kind: 'rejected', gone: false })
  })

  test('to a deletion, where the post stands: it was not deleted', async () => {
    const connection = await connectToServer((request) => changing(request, missing, status))
    const error = await failureOf(connection.remove(syndication, soon()), [accessToken])
    expect(error.kind).toBe('rejected')
  })

  test('without words proves nothing', async () => {
    const connection = await connectToServer(() => page)
    const removed = await failureOf(connection.remove(syndication, soon()), [accessToken])
    const kinds = [(await edited(connection)).kind, removed.kind]
    expect(kinds).toEqual(['unavailable', 'unavailable'])
  })
})

test('pictures of another post in an edit are refused, since nothing can be uncertain', async () => {
  const row = answered.find(({ body }) => JSON.stringify(body).includes('already attached'))
  const connection = await connectToServer(() => ({ ...row }))
  const call = connection.edit(syndication, draft, publication, soon())
  expect((await failureOf(call, [accessToken])).kind).toBe('rejected')
})

describeMishaps({
  connect,
  secrets: [accessToken],
  syndication,
  silences: rows.filter(({ status }) => status === undefined),
})
