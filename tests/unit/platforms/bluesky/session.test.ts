import { afterEach, describe, expect, test } from 'vitest'
import type { Vault } from '../../../../src/platforms/platform.ts'
import { open } from '../../../../src/platforms/bluesky/connection.ts'
import { tid } from '../../../../src/platforms/bluesky/key.ts'
import {
  type Answer,
  draft,
  failureOf,
  type Handler,
  memoryVault,
  now,
  publication,
  type Request,
  serve,
  soon,
} from '../support.ts'

const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const cid = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
const appPassword = 'abcd-efgh-ijkl-mnop'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/**
 * A PDS in a few lines: counts logins and refreshes, and takes only the newest access token. `answers` come
 * instead of its own, `expire` makes every token that is out there old.
 */
async function startPds(
  answers: (request: Request) => Answer | null | undefined = () => undefined,
) {
  const calls: string[] = []
  let generation = 0
  const session = (didDoc?: unknown) => {
    generation++
    const tokens = { accessJwt: `access-${generation}`, refreshJwt: `refresh-${generation}` }
    return { body: { did, handle: 'crier.test', active: true, ...tokens, didDoc } }
  }
  const expired = { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } }
  const own: Handler = ({ path, headers }) => {
    const bearer = headers.authorization ?? ''
    if (path.includes('createSession')) return session()
    if (path.includes('refreshSession'))
      return bearer === `Bearer refresh-${generation}` ? session() : expired
    if (bearer !== `Bearer access-${generation}`) return expired
    if (path.includes('getSession')) return { body: { did, handle: 'crier.test', active: true } }
    return { body: { uri: `at://${did}/app.bsky.feed.post/3mgaaaaaaaaa2`, cid } }
  }
  const { url, close } = await serve((request) => {
    calls.push(request.path.split('.').at(-1)?.split('?')[0] ?? '')
    const answer = answers(request)
    return answer === undefined ? own(request) : answer
  })
  closing.push(close)
  return {
    url,
    calls,
    expire: () => {
      generation += 10
    },
    count: (name: string) => calls.filter((call) => call === name).length,
  }
}

async function connect(service: string, vault: Vault) {
  const own = { handle: 'crier.test', appPassword, service }
  const connection = await open(own, vault, { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close())
  return connection
}

const publish = async (service: string, vault: Vault) =>
  (await connect(service, vault)).publish(draft, publication, soon())

describe('a session kept in the vault', () => {
  test('serves other connections without another login', async () => {
    const pds = await startPds()
    const vault = memoryVault()
    await publish(pds.url, vault)
    await publish(pds.url, vault)
    expect(pds.calls).toEqual(['createSession', 'putRecord', 'putRecord'])
  })

  test('is asked for once by several at the same time', async () => {
    const pds = await startPds()
    const connection = await connect(pds.url, memoryVault())
    await Promise.all([connection.check(soon()), connection.check(soon())])
    expect(pds.count('createSession')).toBe(1)
  })

  test('is refreshed when it has expired, and what was refreshed is kept', async () => {
    const pds = await startPds()
    const kept = { did, handle: 'crier.test', accessJwt: 'old', refreshJwt: 'refresh-0' }
    const vault = memoryVault({ ...kept, pds: pds.url })
    await publish(pds.url, vault)
    await publish(pds.url, vault)
    expect(pds.calls).toEqual(['putRecord', 'refreshSession', 'putRecord', 'putRecord'])
  })

  test('that somebody else has refreshed meanwhile is taken over', async () => {
    const pds = await startPds()
    const vault = memoryVault()
    const [one, other] = [await connect(pds.url, vault), await connect(pds.url, vault)]
    await one.check(soon())
    await other.check(soon())
    await vault.hold((_, save) =>
      save({ did, handle: 'crier.test', accessJwt: 'x', refreshJwt: 'refresh-1', pds: pds.url }),
    )
    const fresh = await connect(pds.url, vault)
    await fresh.check(soon())
    await one.check(soon())
    await other.check(soon())
    expect([pds.count('createSession'), pds.count('refreshSession')]).toEqual([1, 1])
  })

  test('that cannot be refreshed makes one login', async () => {
    const pds = await startPds()
    const vault = memoryVault()
    const connection = await connect(pds.url, vault)
    await connection.publish(draft, publication, soon())
    pds.expire()
    await connection.publish(draft, publication, soon())
    expect(pds.calls.slice(2)).toEqual([
      'putRecord',
      'refreshSession',
      'createSession',
      'putRecord',
    ])
  })

  test('of an unreadable kind counts as none', async () => {
    const pds = await startPds()
    await publish(pds.url, memoryVault({ something: 'else' }))
    expect(pds.count('createSession')).toBe(1)
  })

  test('goes on while logging in is barred, and nothing was sent where it cannot', async () => {
    const barred = { status: 429, body: { error: 'RateLimitExceeded', message: 'Rate Limit' } }
    const pds = await startPds(({ path }) => (path.includes('createSession') ? barred : undefined))
    const kept = { did, handle: 'crier.test', accessJwt: 'access-0', refreshJwt: 'refresh-0' }
    const vault = memoryVault({ ...kept, pds: pds.url })
    await publish(pds.url, vault)
    pds.expire()
    const error = await failureOf(publish(pds.url, vault), [appPassword])
    expect([error.kind, pds.count('putRecord')]).toEqual(['rate-limited', 2])
    expect(await vault.read()).toMatchObject({ refreshJwt: 'refresh-0' })
  })

  test('a refresh that gets no answer: the post was not carried out', async () => {
    const pds = await startPds(({ path }) => (path.includes('refreshSession') ? null : undefined))
    const kept = { did, handle: 'crier.test', accessJwt: 'old', refreshJwt: 'refresh-0' }
    const error = await failureOf(publish(pds.url, memoryVault({ ...kept, pds: pds.url })), [])
    expect(error.kind).toBe('unavailable')
  })

  test('an address that is no PDS concerns the account, not the post', async () => {
    const { url, close } = await serve(() => ({ status: 404, body: '<html>' }))
    closing.push(close)
    expect((await failureOf(publish(url, memoryVault()), [])).kind).toBe('unauthorized')
  })
})

test('after the login calls go where the DID document says that the account lives', async () => {
  const home = await startPds()
  const service = [
    { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: home.url },
  ]
  const entrance = await startPds(() => ({
    body: {
      did,
      handle: 'crier.test',
      accessJwt: 'access-0',
      refreshJwt: 'refresh-0',
      didDoc: { id: did, service },
    },
  }))
  await publish(entrance.url, memoryVault())
  expect([entrance.calls, home.calls]).toEqual([['createSession'], ['putRecord']])
})

test('an account that was switched off may not post', async () => {
  const off = { did, handle: 'crier.test', active: false, status: 'deactivated' }
  const pds = await startPds(({ path }) =>
    path.includes('getSession') ? { body: off } : undefined,
  )
  const connection = await connect(pds.url, memoryVault())
  const error = await failureOf(connection.check(soon()), [])
  expect([error.kind, error.reason]).toEqual(['unauthorized', 'the account is deactivated'])
})

test('record keys are valid, sorted by time, and differ within a millisecond', () => {
  const keys = [
    tid(now, () => 0),
    tid(now, () => 0.5),
    tid(new Date(now.getTime() + 1), () => 0),
    tid(new Date('2100-01-01'), () => 0.999),
  ]
  for (const key of keys) expect(key).toMatch(/^[234567abcdefghij][234567a-z]{12}$/)
  expect(keys.toSorted()).toEqual(keys)
  expect(new Set(keys).size).toBe(4)
  expect(tid(new Date(0), () => 0)).toBe('2222222222222')
})
