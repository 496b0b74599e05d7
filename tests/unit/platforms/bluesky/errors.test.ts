import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/bluesky/connection.ts'
import { describeMishaps } from '../mishaps.ts'
import {
  type Answer,
  draft,
  endOf,
  type ErrorRow,
  errorRows,
  expectedEnd,
  failureOf,
  type Handler,
  memoryVault,
  now,
  publication,
  serve,
  soon,
  titleOf,
} from '../support.ts'

const appPassword = 'abcd-efgh-ijkl-mnop'
const kept = {
  did: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa',
  handle: 'crier.test',
  accessJwt: 'eyJhbGciOiJIUzI1NiJ9.b2xkLWFjY2Vzcw.c2lnbmF0dXJl',
  refreshJwt: 'eyJhbGciOiJIUzI1NiJ9.b2xkLXJlZnJlc2g.c2lnbmF0dXJl',
}
const renewed = {
  ...kept,
  accessJwt: 'eyJhbGciOiJIUzI1NiJ9.bmV3LWFjY2Vzcw.c2lnbmF0dXJl',
  refreshJwt: 'eyJhbGciOiJIUzI1NiJ9.bmV3LXJlZnJlc2g.c2lnbmF0dXJl',
}
const secrets = [
  appPassword,
  kept.accessJwt,
  kept.refreshJwt,
  renewed.accessJwt,
  renewed.refreshJwt,
]
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

function connect(service: string, vault = memoryVault({ ...kept, pds: service })) {
  const own = { handle: 'crier.test', appPassword, service }
  return open(own, vault, { clock: () => now, connectMs: 250 })
}

/** A connection to a server that renews sessions and answers the rest by `handler`. */
async function connectToServer(handler: Handler, vault?: ReturnType<typeof memoryVault>) {
  const { url, close } = await serve((request) => {
    const answer = handler(request)
    const session = /(create|refresh)Session$/.test(request.path)
    return answer === undefined && session ? { body: renewed } : answer
  })
  const connection = await connect(url, vault)
  closing.push(() => connection.close(), close)
  return connection
}

const at =
  (method: string, answer: Answer): Handler =>
  ({ path }) =>
    path.includes(method) ? answer : undefined

const image = {
  bytes: new Uint8Array([255, 216, 255]),
  mime: 'image/jpeg',
  width: 1,
  height: 1,
  alt: '',
}

const syndication = {
  id: `at://${kept.did}/app.bsky.feed.post/${publication.key}`,
  url: `https://bsky.app/profile/crier.test/post/${publication.key}`,
  cid: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a',
}

/** How each operation of the specification reaches the platform. */
const reach: Record<string, (row: ErrorRow) => Promise<unknown>> = {
  publish: async (row) =>
    (await connectToServer(at('putRecord', row))).publish(draft, publication, soon()),
  put: async (row) =>
    (await connectToServer(at('putRecord', row))).edit(syndication, draft, publication, soon()),
  count: async (row) =>
    (await connectToServer(at('getPosts', row))).engagement([syndication], soon()),
  upload: async (row) => (await connectToServer(at('uploadBlob', row))).upload(image, soon()),
  login: async (row) =>
    (await connectToServer(at('createSession', row), memoryVault())).check(soon()),
  refresh: async (row) => {
    const refused = { status: 401, body: { error: 'AuthenticationRequired', message: 'Invalid' } }
    const expired = { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } }
    const connection = await connectToServer(({ path }) => {
      if (path.includes('refreshSession')) return row
      return path.includes('createSession') ? refused : expired
    })
    return connection.publish(draft, publication, soon())
  },
}

const all = errorRows('bluesky')
// what is not found is no failure: below
const rows = all.filter(({ operation, status }) => operation !== 'find' && status !== undefined)

describe('answers of the specification', () => {
  test.for(rows.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const call = reach[row.operation]?.(row) ?? Promise.reject(new Error('unknown operation'))
    expect(await endOf(call, row, secrets)).toBe(expectedEnd(row))
  })

  test('a record that is not there is absent, no error', async () => {
    const row = all.find(({ operation }) => operation === 'find')
    const connection = await connectToServer(at('getRecord', { ...row }))
    expect(await connection.find(draft, now, soon(), publication.key)).toBe('absent')
  })

  test('a blob that was cleared away is named in the reason', async () => {
    const row = rows.find(({ body }) => JSON.stringify(body).includes('BlobNotFound'))
    const connection = await connectToServer(at('putRecord', { ...row }))
    const error = await failureOf(connection.publish(draft, publication, soon()), secrets)
    expect(error).toMatchObject({
      culprit: 'uploads',
      reason: expect.stringContaining('BlobNotFound'),
    })
  })

  test.for([
    ['blob too big', 'pictures'],
    ['InvalidMimeType', 'pictures'],
    ['BlobNotFound', 'uploads'],
    ['grapheme too big', null],
    ['PayloadTooLarge', 'pictures'],
  ] as const)('«%s» is the fault of %s alone', async ([words, culprit]) => {
    const row = rows.find(({ body }) => JSON.stringify(body).includes(words))
    const call = row && reach[row.operation]?.(row)
    const error = await failureOf(call ?? Promise.resolve(), secrets)
    expect([error.kind, error.culprit]).toEqual(['rejected', culprit])
  })

  test('whom a name means is asked of the account’s server; a lost answer is no absence', async () => {
    const facets = [{ kind: 'mention' as const, start: 0, end: 9, value: '@who.test' }]
    const asked = async (answer: Answer) =>
      (await connectToServer(at('resolveHandle?handle=who.test', answer))).resolve(
        { ...draft, facets },
        soon(),
      )
    const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
    expect((await asked({ body: { did } })).facets).toEqual([{ ...facets[0], value: did }])
    const nobody = { error: 'InvalidRequest', message: 'Unable to resolve handle' }
    expect((await asked({ status: 400, body: nobody })).warnings).toEqual([
      { kind: 'no-mention', about: '@who.test' },
    ])
    const error = await failureOf(asked({ status: 502, body: '<html>' }), secrets)
    expect(error.kind).toBe('unavailable')
  })

  test('a wait becomes a moment', async () => {
    const row = rows.find(({ operation, status }) => operation === 'login' && status === 429)
    const connection = await connectToServer(at('createSession', { ...row }), memoryVault())
    const error = await failureOf(connection.check(soon()), secrets)
    expect(error.retryAt).toEqual(new Date(now.getTime() + 290_000))
  })
})

describeMishaps({
  connect: (service) => connect(service),
  secrets: secrets.slice(0, 3),
  syndication,
  silences: all.filter(({ status }) => status === undefined),
})
