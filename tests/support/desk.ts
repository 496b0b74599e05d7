import type { Transaction } from 'kysely'
import { syncAccounts } from '../../src/accounts/ledger.ts'
import type { Article } from '../../src/articles/article.ts'
import { keysOf } from '../../src/articles/identity.ts'
import { keepRead } from '../../src/articles/ledger.ts'
import type { Config } from '../../src/config/config.ts'
import { type Desk, openDesks } from '../../src/bot/desk.ts'
import { handlerOf } from '../../src/bot/listen.ts'
import { refresh } from '../../src/bot/refresh.ts'
import { tell } from '../../src/bot/tell.ts'
import type { Update } from '../../src/bot/update.ts'
import { announce } from '../../src/deliveries/announce.ts'
import { decide, type Decided } from '../../src/deliveries/decide.ts'
import { floodOf } from '../../src/deliveries/flood.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { startTelegram } from '../../src/sandbox/telegram.ts'
import type { HeldFor, Ledger } from '../../src/store/schema.ts'
import { blankArticle, credentialsFor, type Newsroom, openNewsroom } from './newsroom.ts'
import type { Server } from './store.ts'

/** Two people who steer, one French and one English, and a stranger. */
export const anna = { id: 123456, first_name: 'Anna', language_code: 'fr' }
export const bert = { id: 234567, first_name: 'Bert', language_code: 'en' }
export const stranger = { id: 999999, first_name: 'Nosy', language_code: 'en' }

type TelegramStandIn = Awaited<ReturnType<typeof startTelegram>>

/** A bot at its desk, over a real ledger and queue, with the stand-in's people around it. */
export interface BotRoom extends AsyncDisposable {
  room: Newsroom
  people: TelegramStandIn
  desk: Desk
  /** Takes what came in since and handles it, as the stream does. */
  turn(): Promise<void>
  /** Handles one update. */
  handle(update: Update): Promise<boolean>
  /** Tells what has needed somebody for a while. */
  tell(): Promise<void>
  /** Brings messages up to date that show one of these. */
  refresh(...moved: string[]): Promise<void>
  /** Somebody writes, and the bot has answered. */
  say(user: typeof anna, text: string, replyTo?: number): Promise<void>
  /** Somebody presses the button that begins with these letters on their newest message that has it. */
  press(user: typeof anna, begins: string): Promise<void>
  /** What the bot said to somebody, oldest first; texts without the signs that hold strangers' words together. */
  said(user: typeof anna): { id: number; text: string; buttons: string[] }[]
  /** What a pressed button was answered last. */
  answered(): string
  /** An article that waits, on every account. */
  held(heldFor?: HeldFor, more?: Partial<Article>): Promise<number>
  /** So many articles that one source brought at once, the last one the newest; answers the notice's number. */
  flood(count: number): Promise<number>
  /** Somebody decides at the page. */
  decideElsewhere(article: number, kind: 'approve' | 'cancel'): Promise<Decided>
  /** The same bot in another process. */
  another(): Promise<Desk>
}

let rooms = 0

/** Opens a room of its own on a server. `three`: with an account on each platform. */
export async function openBotRoom(server: Server, { three = false } = {}): Promise<BotRoom> {
  rooms += 1
  const people = await startTelegram({ port: 0, file: null })
  const room = await openNewsroom(server, 'telegram', undefined, { standIn: people })
  const { store, means } = room
  const queue = await openQueue(
    { redisUrl: null, postgres: store.address, namespace: `bot_${rooms}` },
    store.clock,
    means.log,
  )
  const names = three ? (['telegram', 'bluesky', 'mastodon'] as const) : (['telegram'] as const)
  const rows = await syncAccounts(
    store.db,
    names.map((name) => ({ name, platform: name, credentials: null })),
  )
  const admins = [anna.id, bert.id]
  const credentials = Object.assign({}, credentialsFor('telegram', people.url), { admins })
  const accounts = [{ name: 'telegram', platform: 'telegram' as const, credentials }]
  const stop = new AbortController()
  const program = {
    config: { ...settings, accounts },
    log: means.log,
    store: { ...store, clock: means.clock },
    publishing: means,
    queue: async () => queue,
    sandbox: null,
  }
  const open = async () => {
    const [opened] = await openDesks(program, stop.signal)
    if (opened === undefined) throw new Error('no bot')
    return opened
  }
  const desk = await open()
  let offset = 0
  const handle = handlerOf(desk, stop.signal)
  const turn = async () => {
    for (const update of await desk.line.updates(offset, AbortSignal.timeout(10_000))) {
      await handle(update)
      offset = update.update_id + 1
    }
  }
  const said = (user: typeof anna) =>
    people
      .chats()
      .filter((chat) => chat.user.id === user.id)
      .flatMap(({ messages }) => messages)
      .filter(({ by }) => by === 'bot')
      .map(({ message_id, text, buttons }) => ({
        id: message_id,
        text: text.replaceAll(/[\u2068\u2069]/g, ''),
        buttons: buttons.flat().flatMap((button) => ('data' in button ? [button.data] : [])),
      }))
  const keep = async (
    tx: Transaction<Ledger>,
    more: Partial<Article>,
    hold: HeldFor,
    source: number | null = null,
  ) => {
    const now = means.clock()
    const url = `https://journal.example/${Math.floor(Math.random() * 1e9)}/`
    const article = { ...blankArticle, url, title: 'Le canal rouvre', ...more }
    const keeping = { heardAs: null, via: 'feed' as const, dueAt: null, now }
    const { id } = await keepRead(tx, { article, keys: keysOf({ addresses: [url] }) }, keeping)
    await tx.updateTable('articles').set({ source_id: source }).where('id', '=', id).execute()
    const wish = { article: id, accounts: rows.map((row) => row.id), at: now, again: false, hold }
    await announce(tx, wish, now)
    return id
  }
  return {
    room,
    people,
    desk,
    turn,
    handle,
    tell: async () => {
      room.later(10)
      await tell(desk, stop.signal)
    },
    refresh: (...moved) => refresh(desk, new Set(moved)),
    said,
    say: async (user, text, replyTo) => {
      people.say({ user, text, ...(replyTo !== undefined && { reply_to: replyTo }) })
      await turn()
    },
    press: async (user, begins) => {
      const found = said(user).findLast(({ buttons }) =>
        buttons.some((one) => one.startsWith(begins)),
      )
      const data = found?.buttons.find((one) => one.startsWith(begins))
      if (found === undefined || data === undefined) throw new Error(`no button ${begins}`)
      people.press({ user: user.id, message_id: found.id, data })
      await turn()
    },
    answered: () => people.answers().at(-1)?.text ?? '',
    held: (heldFor = 'approval', more = {}) =>
      store.db.transaction().execute((tx) => keep(tx, more, heldFor)),
    flood: (count) =>
      store.db.transaction().execute(async (tx) => {
        const source = await tx
          .insertInto('sources')
          .values({ url: 'https://journal.example/feed/', configured: true, due_at: means.clock() })
          .returning('id')
          .executeTakeFirstOrThrow()
        let notice: number | null = null
        for (let number = 1; number <= count; number += 1) {
          const publishedAt = `2026-02-04T09:${String(number).padStart(2, '0')}:00.000Z`
          const id = await keep(tx, { title: `Numéro ${number}`, publishedAt }, 'flood', source.id)
          const row = tx.selectFrom('articles').selectAll().where('id', '=', id)
          notice = await floodOf(tx, await row.executeTakeFirstOrThrow(), 0, means.clock())
        }
        return notice ?? 0
      }),
    decideElsewhere: (article, kind) => {
      const deciding = { db: store.db, clock: means.clock, wake: async () => undefined }
      const by = { who: 'page', door: 'page' as const }
      return decide(deciding, { on: { article }, version: null, decision: { kind }, by })
    },
    another: open,
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await queue.close(1000)
      await room[Symbol.asyncDispose]()
    },
  }
}

const settings: Config = {
  dataDir: '/',
  databaseUrl: null,
  redisUrl: null,
  host: '127.0.0.1',
  port: 0,
  publicUrl: null,
  locale: 'en',
  apiToken: null,
  webhookSecret: null,
  adminPassword: null,
  holdOlderMs: 48 * 3_600_000,
  holdBurst: 10,
  approve: false,
  timeZone: 'Europe/Paris',
  logLevel: 'error',
  sources: [],
  feedIntervalMs: 900_000,
  allowPrivateSources: false,
  accounts: [],
  secrets: [],
}
