import type { mastodon } from 'masto'
import type { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { openWire, type Trace } from '../../net/wire.ts'
import type { Failure, Operation } from '../failure.ts'
import type { MastodonCredentials } from './credentials.ts'
import { classify } from './errors.ts'

/** One instance through masto: one call, one connection, never repeated. */
export interface Api {
  /** `work` makes exactly one call; `shape` reads the answer. Throws `PlatformError`. */
  call<T>(work: Work, shape: z.ZodType<T>, options: CallOptions): Promise<T>
  close(): Promise<void>
}

type Work = (client: mastodon.rest.Client) => PromiseLike<unknown>

export interface CallOptions extends Pick<Failure, 'culprit'> {
  operation: Operation
  signal: AbortSignal
  headers?: Record<string, string>
  /** Hears what the socket tells of the call, once it is over. */
  heard?: (trace: Trace) => void
}

/** Loads masto. Nothing is asked yet. */
export async function openApi(
  { url, accessToken }: MastodonCredentials,
  { clock, connectMs }: { clock: Clock; connectMs: number },
): Promise<Api> {
  const { createRestAPIClient } = await import('masto')
  const wire = await openWire(connectMs)
  return {
    call: async (work, shape, { operation, signal, headers = {}, heard, ...more }) => {
      const { init, trace } = wire.watch()
      try {
        // a redirect would turn a POST into a GET, and take the token elsewhere
        const requestInit: RequestInit = { ...init, signal, headers, redirect: 'manual' }
        // a client for each call: masto's lists drop what is given with the call, the signal too
        return shape.parse(await work(createRestAPIClient({ url, accessToken, requestInit })))
      } catch (thrown) {
        throw classify({ operation, trace, thrown, secrets: [accessToken], now: clock(), ...more })
      } finally {
        heard?.(trace)
      }
    },
    close: () => wire.close(),
  }
}
