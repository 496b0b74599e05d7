import type { z } from 'zod'
import { type Bot, isNamed } from './bot.ts'
import type { Channels } from './channels.ts'
import { urlOf } from './numbers.ts'
import {
  type AgeOrder,
  ageOrder,
  type BlockOrder,
  blockOrder,
  type PressOrder,
  pressOrder,
  type ReactOrder,
  reactOrder,
  type RemoveOrder,
  removeOrder,
  type SayOrder,
  sayOrder,
  type StaleOrder,
  staleOrder,
  type ViewOrder,
  viewOrder,
} from './orders.ts'
import { press } from './press.ts'
import type { Answered } from './queries.ts'
import { tellReactions } from './reacted.ts'
import type { Readers } from './readers.ts'
import { type ShownChat, shownChat } from './shown.ts'

/** What people do in Telegram, for tests; also `POST /_/say`, `GET /_/chats` and so on. Each throws why not. */
export interface TelegramDoors {
  /** Somebody writes to the bot, which starts it. */
  say(order: SayOrder): { message_id: number }
  /** Somebody presses a button that they see, or with `force` one that was there. */
  press(order: PressOrder): { callback_query_id: string }
  /** All reactions of a post, as they are now. */
  react(order: ReactOrder): void
  /** How often a post was seen. */
  view(order: ViewOrder): void
  /** A post is deleted by hand. */
  remove(order: RemoveOrder): void
  /** A post was sent earlier than it was: bots delete young ones only. */
  age(order: AgeOrder): void
  /** The public pages come out of a cache. */
  stale(order: StaleOrder): void
  /** Somebody blocks the bot, until they write to it again. */
  block(order: BlockOrder): void
  /** Every private chat as the person sees it. */
  chats(): ShownChat[]
  /** The answers to pressed buttons, oldest first. */
  answers(): Answered[]
}

interface World {
  bots: readonly Bot[]
  channels: Channels
  readers: Readers
  pages: Pages
  clock: () => Date
}

/** How old what the public pages show is. */
export interface Pages {
  staleMs: number
}

export function openDoors(world: World): TelegramDoors {
  const { bots, channels, readers, pages, clock } = world
  return {
    say: (order) => {
      const { user, text, reply_to, bot } = sayOrder.parse(order)
      const { chats, updates } = botOf(bots, bot)
      const { room, line } = chats.say(user, text, clock(), reply_to)
      updates.push('message', chats.shown(room, line), clock())
      return { message_id: line.id }
    },
    press: (order) => {
      const { bot, ...pressed } = pressOrder.parse(order)
      return press(botOf(bots, bot), pressed, clock())
    },
    react: (order) => {
      const { reactions, ...post } = reactOrder.parse(order)
      const { chat, url } = placeOf(world, post)
      readers.note({ url, reactions })
      tellReactions(bots, { chat, id: post.id, reactions, at: clock() })
    },
    view: (order) => {
      const { views, ...post } = viewOrder.parse(order)
      readers.note({ url: placeOf(world, post).url, views })
    },
    remove: (order) => {
      const post = removeOrder.parse(order)
      channels.drop(placeOf(world, post).chat, post.id, clock())
    },
    age: (order) => {
      const { seconds, ...post } = ageOrder.parse(order)
      channels.age(placeOf(world, post).chat, post.id, seconds)
    },
    stale: (order) => {
      pages.staleMs = staleOrder.parse(order).seconds * 1000
    },
    block: (order) => {
      const { user, bot } = blockOrder.parse(order)
      const id = typeof user === 'number' ? user : user.id
      const room = botOf(bots, bot).chats.find(id)
      if (!room) throw new Error(`${id} never started the bot`)
      room.blocked = true
    },
    chats: () => bots.flatMap((bot) => bot.chats.rooms().map((room) => shownChat(bot, room))),
    answers: () => bots.flatMap(({ queries }) => queries.answers()),
  }
}

/** The same over HTTP. */
export function overHttp(doors: TelegramDoors): Record<string, (order: unknown) => unknown> {
  return {
    'POST say': (order) => doors.say(sayOrder.parse(order)),
    'POST press': (order) => doors.press(pressOrder.parse(order)),
    'POST react': (order) => doors.react(reactOrder.parse(order)),
    'POST view': (order) => doors.view(viewOrder.parse(order)),
    'POST remove': (order) => doors.remove(removeOrder.parse(order)),
    'POST age': (order) => doors.age(ageOrder.parse(order)),
    'POST stale': (order) => doors.stale(staleOrder.parse(order)),
    'POST block': (order) => doors.block(blockOrder.parse(order)),
    'GET chats': () => doors.chats(),
    'GET answers': () => doors.answers(),
  }
}

function botOf(bots: readonly Bot[], id: number | undefined): Bot {
  const found = id === undefined ? bots[0] : bots.find((one) => one.id === id)
  if (!found) throw new Error(`no bot ${id ?? ''}`)
  return found
}

type Named = z.output<typeof removeOrder>

/** The post that an order names. */
function placeOf({ bots, channels }: World, { id, channel }: Named) {
  const { chat } =
    bots
      .flatMap(({ places }) => places)
      .find(
        (place) =>
          channel === undefined ||
          String(place.chat.id) === channel ||
          isNamed(place.chat, channel),
      ) ?? {}
  if (!chat || !channels.posts(chat).some((post) => post.id === id))
    throw new Error(`no post ${id}${channel === undefined ? '' : ` in ${channel}`}`)
  return { chat, url: urlOf(chat, id) }
}
