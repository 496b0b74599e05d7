import type { Clock } from '../../clock.ts'
import { PlatformError } from '../error.ts'
import type { Connection } from '../platform.ts'
import { openBotApi } from './api.ts'
import { edit, remove } from './change.ts'
import { counted } from './counts.ts'
import type { TelegramCredentials } from './credentials.ts'
import { movedTo } from './errors.ts'
import { find } from './find.ts'
import { messageOf, photoOf, sentMessage, syndicationOf } from './message.ts'
import { openPreview } from './preview.ts'
import { nameOf, standingOf } from './standing.ts'

/** A channel by its bot. Its numeric id is used as soon as it is known: names change. */
export async function open(
  credentials: TelegramCredentials,
  options: { clock: Clock; connectMs: number },
): Promise<Connection> {
  let chat: string | number = credentials.channel
  const api = await openBotApi(credentials, {
    ...options,
    onThrown: (thrown) => {
      chat = movedTo(thrown) ?? chat
    },
  })
  const preview = openPreview(credentials, options)
  /** The name under which anybody finds the channel; null for a private one. */
  const publicName = async (signal: AbortSignal): Promise<string | null> =>
    credentials.channel.startsWith('@')
      ? credentials.channel.slice(1)
      : nameOf(api, credentials.channel, signal)
  return {
    check: async (signal) => {
      const standing = await standingOf(api, credentials.channel, signal)
      chat = Number(standing.identity)
      return standing
    },
    processed: () => Promise.resolve(),
    resolve: (draft) => Promise.resolve(draft),
    publish: async (draft, { replyTo, media }, signal) => {
      const options = { operation: 'publish', signal } as const
      const parent = replyTo?.parent
      const [picture] = media.flatMap((one) => ('bytes' in one ? [one] : []))
      const sent =
        picture === undefined
          ? await api.call('sendMessage', messageOf(draft, chat, parent), sentMessage, options)
          : await api.call('sendPhoto', photoOf(draft, picture, chat, parent), sentMessage, options)
      return { ...syndicationOf(sent), ...(picture !== undefined && { caption: true }) }
    },
    edit: (syndication, draft, _publication, signal) =>
      edit(api, syndication, draft, { chat, signal }),
    remove: (syndication, signal) => remove(api, syndication, { chat, signal }),
    allowance: () => null,
    upload: async () => {
      throw new PlatformError('rejected', 'a picture rides in the call that sends it', {
        culprit: 'pictures',
      })
    },
    find: async (draft, since, signal) => {
      const channel = await publicName(signal)
      return channel === null ? 'cannot look' : find(preview, channel, { draft, since }, signal)
    },
    engagement: (syndications, signal) => counted(preview, syndications, signal),
    close: () => preview.close(),
  }
}
