import { botOf, type Place } from './accounts.ts'
import { type Bot, personIn, placeIn } from './bot.ts'
import type { Channels } from './channels.ts'
import type { Room } from './chats.ts'
import { type Change, type Content, contentOf } from './content.ts'
import { keyboardOf } from './keyboard.ts'
import { flagOf, integerOf, replyOf, textOf } from './parameters.ts'
import { chatWith } from './person.ts'
import { refused } from './refusals.ts'
import { captionText } from './text.ts'

/** One call of a bot. */
export interface Call {
  bot: Bot
  channels: Channels
  parameters: Record<string, unknown>
  at: Date
}

const byName: Readonly<Record<string, (call: Call) => unknown>> = {
  getme: ({ bot }) => ({
    ...botOf(bot.token),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  getchat: ({ bot, parameters }) => {
    const person = personIn(parameters)
    if (person === null) return chatOf(placeIn(bot, parameters))
    const room = bot.chats.find(person)
    if (!room) throw refused('noChat')
    return { ...chatWith(room.person), accent_color_id: 1, max_reaction_count: 11 }
  },
  getchatmember: ({ bot, parameters }) =>
    memberOf(placeIn(bot, parameters), textOf(parameters, 'user_id')),
  sendmessage: (call) => send(call, contentOf(call.parameters)),
  sendphoto: async (call) =>
    send(call, contentOf(call.parameters, await call.channels.photo(call.parameters))),
  editmessagetext: (call) => edit(call, { of: 'text', ...contentOf(call.parameters) }),
  editmessagecaption: (call) => {
    const { parameters } = call
    const [styled, keyboard] = [captionText(parameters), keyboardOf(parameters)]
    return edit(call, { of: 'caption', styled, keyboard })
  },
  editmessagereplymarkup: (call) =>
    edit(call, { of: 'keyboard', keyboard: keyboardOf(call.parameters) }),
  deletemessage: ({ bot, channels, parameters, at }) => {
    const messageId = integerOf(parameters, 'message_id')
    const person = personIn(parameters)
    if (person === null) channels.remove(placeIn(bot, parameters), messageId, at)
    else bot.chats.remove(bot.chats.open(person), messageId, at)
    return true
  },
  answercallbackquery: ({ bot, parameters, at }) => bot.queries.answer(parameters, at),
  setmycommands: ({ bot, parameters }) => bot.commands.set(parameters),
  getmycommands: ({ bot, parameters }) => bot.commands.get(parameters),
  deletemycommands: ({ bot, parameters }) => bot.commands.remove(parameters),
  getupdates: ({ bot, parameters, at }) => bot.updates.get(parameters, at),
  deletewebhook: ({ bot, parameters }) => {
    if (flagOf(parameters, 'drop_pending_updates')) bot.updates.drop()
    return true
  },
  getwebhookinfo: ({ bot: { updates }, at }) => {
    const allowed = updates.allowed()
    return {
      url: '',
      has_custom_certificate: false,
      pending_update_count: updates.pending(at),
      ...(allowed && { allowed_updates: allowed }),
    }
  },
}

/** The methods of the Bot API, by their names in small letters; each answers the call's `result`. */
export const methods: ReadonlyMap<string, (call: Call) => unknown> = new Map(Object.entries(byName))

function send({ bot, channels, parameters, at }: Call, content: Content): unknown {
  const reply = replyOf(parameters)
  const person = personIn(parameters)
  if (person === null)
    return channels.send(placeIn(bot, parameters), { parameters, content, reply, at })
  const room = bot.chats.open(person)
  const line = bot.chats.send(room, content, repliedIn(room, reply), at)
  return bot.chats.shown(room, line)
}

function repliedIn({ lines }: Room, reply: ReturnType<typeof replyOf>) {
  const line = lines.find(({ id }) => id === reply?.message_id) ?? null
  if (reply && !line && reply.allow_sending_without_reply !== true) throw refused('noReplied')
  return line
}

function edit({ bot, channels, parameters, at }: Call, change: Change) {
  const messageId = integerOf(parameters, 'message_id')
  const person = personIn(parameters)
  if (person === null)
    return channels.edit(placeIn(bot, parameters), messageId, { parameters, change, at })
  const room = bot.chats.open(person)
  return bot.chats.shown(room, bot.chats.edit(room, messageId, change, at))
}

function chatOf({ chat }: Place) {
  return {
    ...chat,
    ...(chat.username !== undefined && { active_usernames: [chat.username] }),
    accent_color_id: 3,
    max_reaction_count: 11,
  }
}

function memberOf({ token, rights }: Place, userId: string) {
  const user = botOf(token)
  if (userId !== String(user.id)) throw refused('noMember')
  if (rights === 'member' || rights === 'not-member')
    return { user, status: rights === 'member' ? 'member' : 'left' }
  return {
    user,
    status: 'administrator',
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_post_messages: rights === 'post',
    can_edit_messages: false,
    can_delete_messages: false,
  }
}
