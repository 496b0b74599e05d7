import { z } from 'zod'
import type { CredentialsSpec } from '../platform.ts'
import { root } from '../root.ts'

/** A BotFather token, as in core.telegram.org/bots: bot id, colon, secret. */
const botToken = z
  .string()
  .trim()
  .regex(/^\d{5,16}:[\w-]{30,64}$/, 'is no bot token: @BotFather gives it, like 123456789:AAE…')

const link = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(.+)$/i

/** `@name` or `-100…` from what people paste: a bare name, a link to the channel or to one of its posts. */
const channel = z
  .union([z.string(), z.number().int().transform(String)])
  .transform((text) => channelOf(text.trim()))
  .refine(
    (name) => /^(@[a-z]\w{3,31}|-\d{5,16})$/i.test(name),
    'is no channel: write @name, or the number -100… of a private channel',
  )

function channelOf(text: string): string {
  const path = link.exec(text)?.[1]?.split(/[?#]/)[0]?.split('/').filter(Boolean) ?? [text]
  const [first = '', second] = path
  if (first === 'c' && second !== undefined) return `-100${second}`
  const name = first === 's' && second !== undefined ? second : first
  return /^[a-z]/i.test(name) ? `@${name}` : name
}

/** People who may steer by Telegram: user ids, comma-separated or a list. */
const admins = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
  .transform((ids) =>
    [ids].flat().flatMap((id) =>
      String(id)
        .split(',')
        .map((one) => one.trim()),
    ),
  )
  .pipe(z.array(z.string().regex(/^\d{3,16}$/, 'is no user id: write 123456789, 987654321')))

const schema = z.strictObject({
  botToken,
  channel,
  apiRoot: root.default('https://api.telegram.org/'),
  previewRoot: root.default('https://t.me/'),
  admins: admins.default([]),
})

export type TelegramCredentials = z.infer<typeof schema>

export const credentials: CredentialsSpec<TelegramCredentials> = {
  schema,
  settings: {
    TELEGRAM_BOT_TOKEN: 'botToken',
    TELEGRAM_CHANNEL: 'channel',
    TELEGRAM_API_ROOT: 'apiRoot',
    TELEGRAM_PREVIEW_ROOT: 'previewRoot',
    TELEGRAM_ADMINS: 'admins',
  },
  required: ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_CHANNEL'],
}
