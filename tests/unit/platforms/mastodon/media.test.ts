import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/mastodon/connection.ts'
import {
  type Answer,
  draft,
  failureOf,
  now,
  publication,
  type Request,
  serve,
  soon,
} from '../support.ts'

const accessToken = 'crieur-unit-test-access-token'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** An instance that gives these answers one after the other, the last one for ever. */
async function connect(...answers: Answer[]) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    return answers[Math.min(seen.length, answers.length) - 1]
  })
  const own = { url: new URL(url).origin, accessToken }
  const connection = await open(own, { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close(), close)
  return { connection, seen }
}

const picture = {
  bytes: new TextEncoder().encode('the picture’s bytes'),
  mime: 'image/jpeg',
  width: 4,
  height: 3,
  alt: 'A bridge «over» the river',
}
const ready = { body: { id: '22', type: 'image', url: 'https://town.example/22.jpg' } }
const waiting = { status: 206, body: { id: '22', type: 'image', url: null } }
const error = (status: number, words: string) => ({ status, body: { error: words } })

describe('an upload', () => {
  test.for([
    ['processed at once', ready],
    ['still at work', { status: 202, body: { id: '22', type: 'image', url: null } }],
  ] as const)('is one call, with what the picture shows: %s', async ([, answer]) => {
    const { connection, seen } = await connect(answer)
    expect(await connection.upload(picture, soon())).toEqual({ id: '22' })
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v2/media'])
    const type = seen[0]?.headers['content-type'] ?? ''
    const form = await new Response(String(seen[0]?.body), {
      headers: { 'content-type': type },
    }).formData()
    expect(form.get('description')).toBe(picture.alt)
    const file = form.get('file')
    expect(file instanceof File && [file.type, await file.text()]).toEqual([
      'image/jpeg',
      'the picture’s bytes',
    ])
  })

  test.for([
    [error(422, 'Validation failed: File content type is invalid'), 'rejected'],
    [error(422, '8000x8000 images are not supported'), 'rejected'],
    [error(422, 'Datei ist zu groß'), 'rejected'],
    [error(500, 'Error processing thumbnail for uploaded media'), 'rejected'],
    [{ status: 413, body: '<html>' }, 'rejected'],
    // a token that may post but not upload
    [error(403, 'This action is outside the authorized scopes'), 'rejected'],
    [error(401, 'The access token is invalid'), 'unauthorized'],
    [error(429, 'Too many requests'), 'rate-limited'],
    [{ status: 502, body: '<html>' }, 'unavailable'],
  ] as const)('%j is %s', async ([answer, kind]) => {
    const { connection } = await connect(answer)
    const failure = await failureOf(connection.upload(picture, soon()), [accessToken])
    expect([failure.kind, failure.culprit]).toEqual([kind, kind === 'rejected' ? 'pictures' : null])
  })
})

describe('processing', () => {
  test.for([
    ['without an address', waiting],
    ['without a word', { status: 206, body: '' }],
  ] as const)('is waited for, %s', async ([, answer]) => {
    const { connection, seen } = await connect(answer, ready)
    await connection.processed({ id: '22' }, soon())
    expect(seen.map(({ path }) => path)).toEqual(['/api/v1/media/22', '/api/v1/media/22'])
  })

  test.for([
    error(422, 'Error processing thumbnail for uploaded media'),
    error(404, 'Record not found'),
  ])('%j is the picture’s fault', async (answer) => {
    const { connection } = await connect(answer)
    const failure = await failureOf(connection.processed({ id: '22' }, soon()), [accessToken])
    expect([failure.kind, failure.culprit]).toEqual(['rejected', 'pictures'])
  })

  test('is left alone once the time is over', async () => {
    const { connection } = await connect(waiting)
    const over = AbortSignal.timeout(300)
    const failure = await failureOf(connection.processed({ id: '22' }, over), [accessToken])
    expect(failure.kind).toBe('unavailable')
  })
})

describe('a post', () => {
  const posted = { body: { id: '7', url: 'https://town.example/@crier/7' } }
  const media = ['22', '23'].map((id) => ({ ref: { id }, width: 4, height: 3, alt: '' }))
  const manner = { visibility: 'public', contentWarning: null, silent: false } as const
  const wire = async (...[own, more]: [object, object]) => {
    const { connection, seen } = await connect(posted)
    await connection.publish({ ...draft, ...own }, { ...publication, ...more }, soon())
    return seen[0]?.body
  }

  test('names its pictures in their order; how sensitive they are is the account’s own affair', async () => {
    const body = await wire({}, { media })
    expect(body).toMatchObject({ media_ids: ['22', '23'], visibility: 'public' })
    expect(body).not.toHaveProperty('sensitive')
    expect(body).not.toHaveProperty('spoiler_text')
  })

  test('hides them behind its warning', async () => {
    const own = { manner: { ...manner, contentWarning: 'Loud' } }
    expect(await wire(own, { media })).toMatchObject({ spoiler_text: 'Loud', sensitive: true })
    expect(await wire(own, {})).not.toHaveProperty('sensitive')
  })

  const root = { id: '5', url: null }
  test.for([
    ['public', 'public', 'unlisted'],
    ['unlisted', 'unlisted', 'unlisted'],
    ['private', 'private', 'private'],
  ] as const)('%s: its first part %s, the next %s', async ([visibility, first, next]) => {
    const own = { manner: { ...manner, visibility } }
    expect(await wire(own, {})).toMatchObject({ visibility: first })
    const replyTo = { root, parent: root }
    expect(await wire(own, { replyTo })).toMatchObject({ visibility: next })
  })

  test('may ping only whom its template means', async () => {
    expect(await wire({}, {})).toMatchObject({ allowed_mentions: [] })
    const facets = [{ kind: 'mention', start: 0, end: 6, value: '@crier' }]
    expect(await wire({ facets }, {})).not.toHaveProperty('allowed_mentions')
  })

  test('refused for its pictures alone', async () => {
    const { connection } = await connect(error(422, 'Cannot attach more than 4 files'))
    const call = connection.publish(draft, { ...publication, media }, soon())
    expect((await failureOf(call, [accessToken])).culprit).toBe('pictures')
  })
})
