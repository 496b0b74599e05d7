import type { Article } from '../../src/articles/article.ts'
import { keepRead } from '../../src/articles/ledger.ts'
import type { Config } from '../../src/config/config.ts'
import { type Desk, openDesks } from '../../src/bot/desk.ts'
import { handlerOf } from '../../src/bot/listen.ts'
import { refresh } from '../../src/bot/refresh.ts'
import { tell } from '../../src/bot/tell.ts'
import { announce } from '../../src/deliveries/announce.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { startTelegram } from '../../src/sandbox/telegram.ts'
import type { HeldFor } from '../../src/store/schema.ts'
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
  /** Tells what has needed somebody for a while. */
  tell(): Promise<void>
  /** Brings messages up to date that show one of these. */
  refresh(...moved: string[]): Promise<void>
  /** Somebody writes, and the bot has answered. */
  say(user: typeof anna, text: string): Promise<void>
  /** Somebody presses the button that begins with these letters on their newest message that has it. */
  press(user: typeof anna, begins: string): Promise<void>
  /** What the bot said to somebody, oldest first; texts without the signs that hold strangers' words together. */
  said(user: typeof anna): { id: number; text: string; buttons: string[] }[]
  /** What a pressed button was answered last. */
  answered(): string
  /** An article that waits. */
  held(heldFor?: HeldFor, more?: Partial<Article>): Promise<number>
}

let rooms = 0

/** Opens a room of its own on a server. */
export async function openBotRoom(server: Server): Promise<BotRoom> {
  rooms += 1
  const people = await startTelegram({ port: 0, file: null })
  const room = await openNewsroom(server, 'telegram', undefined, { standIn: people })
  const { store, means } = room
  const queue = await openQueue(
    { redisUrl: null, postgres: store.address, namespace: `bot_${rooms}` },
    store.clock,
    means.log,
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
  const [desk] = await openDesks(program, stop.signal)
  if (desk === undefined) throw new Error('no bot')
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
  return {
    room,
    people,
    desk,
    turn,
    tell: async () => {
      room.later(10)
      await tell(desk, stop.signal)
    },
    refresh: (...moved) => refresh(desk, new Set(moved)),
    said,
    say: async (user, text) => {
      people.say({ user, text })
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
    held: async (heldFor = 'approval', more = {}) => {
      const number = Math.floor(Math.random() * 1e9)
      const url = `https://journal.example/${number}/`
      const article = { ...blankArticle, url, title: 'Le canal rouvre', ...more }
      return store.db.transaction().execute(async (tx) => {
        const now = means.clock()
        const keeping = { heardAs: null, via: 'feed' as const, dueAt: null, now }
        const { id } = await keepRead(tx, { article, keys: [`url:${url}`] }, keeping)
        const wish = { article: id, accounts: [room.account], at: now, again: false, hold: heldFor }
        await announce(tx, wish, now)
        return id
      })
    },
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
