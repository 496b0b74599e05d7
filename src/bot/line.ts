import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { PlatformError } from '../platforms/error.ts'
import { CONNECT_MS } from '../platforms/platform.ts'
import { type BotApi, openBotApi } from '../platforms/telegram/api.ts'
import type { TelegramCredentials } from '../platforms/telegram/credentials.ts'
import { rest } from './rest.ts'
import type { Said } from './text.ts'
import { ALLOWED, type Update, update } from './update.ts'

/** How long a call may take; the server holds an empty poll for `POLL_S`. */
const CALL_MS = 20_000
const POLL_S = 25
const PATIENCE_MS = 10_000

/** The line to Telegram of one bot. Every call may throw `PlatformError`; none puts the token into it. */
export interface Line {
  /** New updates from that number on, or none after a while. */
  updates(offset: number, stopped: AbortSignal): Promise<Update[]>
  /** Answers the message's number. */
  send(chat: number, said: Said): Promise<number>
  /** Changes a message in place; one that is like that already is fine. False where it is there no more. */
  edit(chat: number, message: number, said: Said): Promise<boolean>
  /** What somebody who pressed a button sees at once; a press too old to be answered is passed over. */
  answer(press: string, text: string): Promise<void>
  /** Has Telegram offer these commands, in a language or to everybody else. */
  offer(
    commands: readonly { command: string; description: string }[],
    language: string,
  ): Promise<void>
}

const sent = z.object({ message_id: z.number().int() })
const commandsShape = z.array(z.object({ command: z.string(), description: z.string() }))

/** Opens the line; nothing is asked yet. `cut`: breaks off every call that is under way. */
export async function openLine(
  credentials: TelegramCredentials,
  clock: Clock,
  cut: AbortSignal,
): Promise<Line> {
  const api = await openBotApi(credentials, {
    clock,
    connectMs: CONNECT_MS,
    onThrown: () => undefined,
  })
  const other = () => ({
    operation: 'other' as const,
    signal: AbortSignal.any([cut, AbortSignal.timeout(CALL_MS)]),
  })
  const patiently = <T>(call: () => Promise<T>) => waitOnce(call, clock, cut)
  return {
    updates: (offset, stopped) => {
      const signal = AbortSignal.any([cut, stopped, AbortSignal.timeout(POLL_S * 1000 + CALL_MS)])
      const asked = { offset, timeout: POLL_S, allowed_updates: ALLOWED, limit: 100 }
      return api.call('getUpdates', asked, z.array(update), { operation: 'other', signal })
    },
    send: async (chat, said) => {
      const message = { chat_id: chat, ...wire(said) }
      const { message_id } = await patiently(() => api.call('sendMessage', message, sent, other()))
      return message_id
    },
    edit: async (chat, message, said) => {
      const edited = { chat_id: chat, message_id: message, ...wire(said) }
      return quietly(patiently(() => api.call('editMessageText', edited, z.unknown(), other())))
    },
    answer: async (press, text) => {
      const answered = { callback_query_id: press, text: Array.from(text).slice(0, 200).join('') }
      await quietly(api.call('answerCallbackQuery', answered, z.unknown(), other()))
    },
    offer: (commands, language) => offer(api, commands, language, other),
  }
}

function wire({ text, entities, buttons }: Said) {
  return {
    text,
    entities,
    link_preview_options: { is_disabled: true },
    reply_markup: {
      inline_keyboard: buttons.map((row) =>
        row.map((button) => ({ text: button.text, callback_data: button.data })),
      ),
    },
  }
}

/** Where there was too much at once, waits as long as Telegram says, if that is not long, and tries once more. */
async function waitOnce<T>(call: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const until = error instanceof PlatformError ? error.retryAt : null
    const ms = until === null ? Infinity : until.getTime() - clock().getTime()
    if (ms > PATIENCE_MS) throw error
    await rest(Math.max(0, ms), signal)
    return call()
  }
}

/** What is so already is done; what is there no more cannot be changed. Both are no trouble. */
async function quietly(call: Promise<unknown>): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    if (error.done) return true
    if (error.status === 400) return false
    throw error
  }
}

async function offer(
  api: BotApi,
  commands: readonly { command: string; description: string }[],
  language: string,
  options: () => { operation: 'other'; signal: AbortSignal },
): Promise<void> {
  const scope = { scope: { type: 'all_private_chats' as const }, language_code: language }
  const now = await api.call('getMyCommands', scope, commandsShape, options())
  if (JSON.stringify(now) === JSON.stringify(commands)) return
  await api.call('setMyCommands', { ...scope, commands }, z.unknown(), options())
}
