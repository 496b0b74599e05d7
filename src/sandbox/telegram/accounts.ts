import { z } from 'zod'

/** What the bot may do in the channel. `member`: it was added, but not as an administrator. */
const rights = z.enum(['post', 'no-post', 'member', 'not-member', 'kicked'])

export const telegramAccount = z.strictObject({
  /** As @BotFather gives it. Accounts may share one. */
  botToken: z.string().regex(/^\d{5,16}:[\w-]{30,64}$/),
  /** `@name`, or `-100…` for a private channel. */
  channel: z.string().regex(/^(@[a-z]\w{3,31}|-100\d{6,12})$/i),
  title: z.string().default("L'Écho de Belle-Écluse"),
  rights: rights.default('post'),
})

/** A bot's place in one channel of the stand-in. */
export type TelegramAccount = z.input<typeof telegramAccount>

/** The account that stands there unless others are chosen. No real bot has this token. */
export const telegram = {
  botToken: '1000000001:AAsandbox_no_bot_of_Telegram_has_it',
  channel: '@belle_ecluse_sandbox',
} as const satisfies TelegramAccount

/** A channel as the Bot API shows it. `username` is absent where it is private. */
export interface Chat {
  id: number
  title: string
  username?: string
  type: 'channel'
}

/** One bot and what it may do in one channel. */
export interface Place {
  token: string
  chat: Chat
  rights: z.infer<typeof rights>
}

export function placeOf(account: TelegramAccount): Place {
  const { botToken, channel, title, rights } = telegramAccount.parse(account)
  const named = channel.startsWith('@')
  const chat = {
    id: named ? idOf(channel) : Number(channel),
    title,
    ...(named && { username: channel.slice(1) }),
    type: 'channel' as const,
  }
  return { token: botToken, chat, rights }
}

/** A number of a channel's shape, always the same for a name. */
function idOf(channel: string): number {
  const hash = Array.from(channel.toLowerCase()).reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 899_999_999,
    7,
  )
  return -(1_001_100_000_000 + hash)
}

/** The bot's own id stands before the colon of its token. */
export function botOf(token: string) {
  const id = Number(token.split(':')[0])
  return { id, is_bot: true, first_name: 'Crieur', username: `crieur_${id}_bot` }
}
