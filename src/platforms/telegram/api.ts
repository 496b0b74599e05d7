import type { Opts, Telegram } from 'telegraf/types'
import type { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Operation } from '../failure.ts'
import type { TelegramCredentials } from './credentials.ts'
import { classify } from './errors.ts'
import { ownSocket } from './socket.ts'

/** The Bot API through telegraf: one call, one connection, never repeated. */
export interface BotApi {
  /** The answer's result, read by `shape`. Throws `PlatformError`. */
  call<M extends keyof Telegram, T>(
    method: M,
    payload: Opts<M>,
    shape: z.ZodType<T>,
    options: { operation: Operation; signal: AbortSignal },
  ): Promise<T>
}

export interface BotApiOptions {
  clock: Clock
  connectMs: number
  /** Hears what telegraf threw, before it is rebuilt. */
  onThrown: (thrown: unknown) => void
}

/** Loads telegraf. Nothing is asked yet. */
export async function openBotApi(
  { botToken, apiRoot }: TelegramCredentials,
  { clock, connectMs, onThrown }: BotApiOptions,
): Promise<BotApi> {
  const { Telegram: Client } = await import('telegraf')
  const secure = new URL(apiRoot).protocol === 'https:'
  return {
    call: async (method, payload, shape, { operation, signal }) => {
      const { agent, trace, cut, close } = ownSocket(secure, connectMs)
      const client = new Client(botToken, { apiRoot })
      client.options.agent = agent
      const both = AbortSignal.any([signal, cut])
      try {
        // telegraf's types know only a shim's AbortSignal; node-fetch takes the real one
        return shape.parse(
          await Reflect.apply(client.callApi, client, [method, formFit(payload), { signal: both }]),
        )
      } catch (thrown) {
        onThrown(thrown)
        throw classify({ operation, trace, thrown, secrets: [botToken], now: clock() })
      } finally {
        close()
      }
    },
  }
}

/**
 * A payload as telegraf can send it: where it holds a file it becomes a form, and from that telegraf drops every
 * other object (lib/core/network/client.js, attachFormValue), so these go in as JSON.
 */
function formFit(payload: object): object {
  const entries = Object.entries(payload)
  if (!entries.some(([, value]) => isFile(value))) return payload
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === 'object' && !isFile(value) ? JSON.stringify(value) : value,
    ]),
  )
}

function isFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'source' in value
}
