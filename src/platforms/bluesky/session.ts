import type { Agent } from '@atproto/api'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { newTrace, type Trace, type Wire } from '../../net/wire.ts'
import { PlatformError } from '../error.ts'
import type { Vault } from '../platform.ts'
import { root } from '../root.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { classify, wantsNewSession } from './errors.ts'

const kept = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
  /** Where the account lives, as its DID document says. */
  pds: z.string(),
})
type Session = z.infer<typeof kept>

/** One call of the official client: under the account's session, with what the socket tells of it. */
export interface Call {
  agent: Agent
  trace: Trace
  did: string
  handle: string
}

/** The account's way in, kept in the vault: logins are scarce (100 a day), so one serves all processes. */
export interface Sessions {
  /** Starts a call. Reads the vault first, logs in only where nothing is kept. Throws `PlatformError`. */
  call(signal: AbortSignal): Promise<Call>
  /** What must never be seen in a reason. */
  secrets(): string[]
}

/** Asks nothing yet. `wire` carries every request, those about the session too. */
export function openSessions(
  { handle, appPassword, service }: BlueskyCredentials,
  vault: Vault,
  { wire, clock, Client }: { wire: Wire; clock: Clock; Client: typeof Agent },
): Sessions {
  let current: Session | null = null
  const secrets = () => [appPassword, current?.accessJwt ?? '', current?.refreshJwt ?? '']

  const ask = async (signal: AbortSignal, work: (agent: Agent) => Promise<{ data: Granted }>) => {
    const { trace, init: watched } = wire.watch()
    const agent = new Client((path, init) =>
      fetch(new URL(path, service), { ...init, ...watched, signal, redirect: 'manual' }),
    )
    try {
      return sessionOf((await work(agent)).data, service)
    } catch (thrown) {
      throw refusal(
        classify({ operation: 'other', trace, thrown, secrets: secrets(), now: clock() }),
      )
    }
  }
  const logIn = (signal: AbortSignal) =>
    ask(signal, (agent) =>
      agent.com.atproto.server.createSession({ identifier: handle, password: appPassword }),
    )
  const refresh = ({ refreshJwt }: Session, signal: AbortSignal) =>
    ask(signal, (agent) =>
      agent.com.atproto.server.refreshSession(undefined, {
        headers: { authorization: `Bearer ${refreshJwt}` },
      }),
    ).catch((error: unknown) => {
      if (error instanceof PlatformError && error.kind === 'unauthorized') return null
      throw error
    })

  /** A session other than `stale`: another holder's, else a refreshed one, else by the app password. */
  const renew = (stale: Session | null, signal: AbortSignal): Promise<Session> =>
    vault.hold(async (value, save) => {
      const found = kept.safeParse(value).data ?? null
      if (found !== null && found.accessJwt !== stale?.accessJwt) return (current = found)
      const old = found ?? stale
      const fresh = (old && (await refresh(old, signal))) ?? (await logIn(signal))
      await save(fresh)
      return (current = fresh)
    })

  return {
    secrets,
    call: async (signal) => {
      current ??= kept.safeParse(await vault.read()).data ?? null
      let session = current ?? (await renew(null, signal))
      const { trace, init: watched } = wire.watch()
      const send = (path: string, init: RequestInit) => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${session.accessJwt}`)
        return fetch(new URL(path, session.pds), {
          ...init,
          ...watched,
          headers,
          redirect: 'manual',
        })
      }
      const agent = new Client({
        did: session.did,
        fetchHandler: async (path, init) => {
          const answer = await send(path, init)
          if (!(await wantsNewSession(answer))) return answer
          await answer.body?.cancel()
          session = await renew(session, signal)
          Object.assign(trace, newTrace())
          return send(path, init)
        },
      })
      return { agent, trace, did: session.did, handle: session.handle }
    },
  }
}

/** What a login and a refresh answer, as far as it is used. */
interface Granted {
  did: string
  handle: string
  accessJwt: string
  refreshJwt: string
  didDoc?: unknown
}

const didDocument = z.object({
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })),
})

function sessionOf({ did, handle, accessJwt, refreshJwt, didDoc }: Granted, service: string) {
  const services = didDocument.safeParse(didDoc).data?.service ?? []
  const home = services.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint
  return { did, handle, accessJwt, refreshJwt, pds: root.safeParse(home).data ?? service }
}

/** Whatever refuses a login for good concerns the account, never the post that was about to go. */
function refusal(error: PlatformError): PlatformError {
  return error.kind === 'rejected' ? new PlatformError('unauthorized', error.reason) : error
}
