import type { Clock } from '../clock.ts'
import { type Answer, type Arrival, json } from './answer.ts'
import { serve } from './http.ts'
import { openKeep } from './keep.ts'
import type { KeptPost, StandIn, StandInOptions } from './stand-in.ts'
import { placeOf, telegram, type TelegramAccount } from './telegram/accounts.ts'
import { type Bot, openBot } from './telegram/bot.ts'
import { type Channels, openChannels } from './telegram/channels.ts'
import { openDoors, overHttp, type Pages, type TelegramDoors } from './telegram/doors.ts'
import { methods } from './telegram/methods.ts'
import { pageOf } from './telegram/page.ts'
import { parametersOf } from './telegram/parameters.ts'
import { memory, openReaders } from './telegram/readers.ts'
import { refused } from './telegram/refusals.ts'

export { telegram, type TelegramAccount } from './telegram/accounts.ts'

export interface TelegramOptions extends StandInOptions {
  /** Else the one of `telegram`. */
  accounts?: readonly TelegramAccount[]
  /** Messages a second in one channel before a 429; else as many as come. */
  pace?: number
  clock?: Clock
}

/** The stand-in of Telegram, with the people around the bot. */
export interface TelegramStandIn extends StandIn, TelegramDoors {}

interface Server {
  bots: readonly Bot[]
  channels: Channels
  pages: Pages
}

/**
 * Starts the stand-in of the Bot API (`telegram/methods.ts`) and of the public page, `/s/CHANNEL`. People and their
 * chats are forgotten with the process; posts and what readers did with them are kept.
 */
export async function startTelegram(options: TelegramOptions): Promise<TelegramStandIn> {
  const { accounts = [telegram], port, file, clock = () => new Date() } = options
  const opened: { doors?: TelegramDoors } = {}
  const standIn = await serve(port, () => {
    const keep = openKeep('telegram', file, memory)
    const readers = openReaders(keep)
    const channels = openChannels(keep, readers, options.pace ?? null)
    const bots = botsOf(accounts, clock())
    const pages = { staleMs: 0 }
    const doors = openDoors({ bots, channels, readers, pages, clock })
    const isRemoved = ({ url }: KeptPost) => readers.of(url).removed
    opened.doors = doors
    return {
      platform: 'telegram',
      clock,
      posts: () => keep.posts(),
      isRemoved,
      shown: (path) => path.replace(/^\/bot[^/]*/, '/bot'),
      answer: (arrival) => answer(arrival, { bots, channels, pages }),
      doors: overHttp(doors),
    }
  })
  if (!opened.doors) throw new Error('not opened')
  return { ...standIn, ...opened.doors }
}

/** The bots of these accounts. Updates count on from the clock, so that a restart never numbers two alike. */
function botsOf(accounts: readonly TelegramAccount[], now: Date): Bot[] {
  let update = Math.floor(now.getTime() / 1000)
  const places = accounts.map(placeOf)
  const tokens = new Set(places.map(({ token }) => token))
  return [...tokens].map((token) =>
    openBot(
      token,
      places.filter((place) => place.token === token),
      () => (update += 1),
    ),
  )
}

async function answer(arrival: Arrival, { bots, channels, pages }: Server): Promise<Answer> {
  const page = pageOf(arrival, bots, channels, pages.staleMs)
  if (page) return page
  const [, token = '', method = ''] = /^\/bot(\d+:[\w-]+)\/(\w+)$/.exec(arrival.path) ?? []
  if (token === '') throw refused('noToken')
  const bot = bots.find((one) => one.token === token)
  if (!bot) throw refused('badToken')
  const parameters = await parametersOf(arrival)
  const carryOut = methods.get(method.toLowerCase())
  if (!carryOut) throw refused('noMethod')
  const result = await carryOut({ bot, channels, parameters, at: arrival.at })
  return json(200, { ok: true, result })
}
