import type { Keep } from '../keep.ts'
import type { KeptPost } from '../stand-in.ts'
import type { Chat, Place } from './accounts.ts'
import type { Styled } from './clean.ts'
import { previewOf, replyOf } from './parameters.ts'
import { refused, tooMany } from './refusals.ts'
import { checkLength, messageText } from './text.ts'

/** A channel that lived before us: its next message has no small number. */
const FIRST_ID = 1042

/** The channels' messages: numbered one after the other, per channel. */
export interface Channels {
  /** Sends a message and answers it as the Bot API shows it. Throws what the server refuses. */
  send(parameters: Record<string, unknown>, place: () => Place, at: Date): unknown
}

export function openChannels(keep: Keep<never>, pace: number | null): Channels {
  const recent = new Map<number, number[]>()
  const last = newest(keep.posts())

  const spend = ({ id }: Chat, at: Date) => {
    if (pace === null) return
    const now = at.getTime()
    const lately = (recent.get(id) ?? []).filter((sent) => sent > now - 1000)
    if (lately.length >= pace) throw tooMany(1)
    recent.set(id, [...lately, now])
  }

  return {
    send: (parameters, placeOf, at) => {
      const styled = messageText(parameters)
      const preview = previewOf(parameters)
      const reply = replyOf(parameters)
      const { chat, rights } = placeOf()
      if (rights === 'not-member') throw refused('notMember')
      if (rights !== 'post') throw refused('noRight')
      checkLength(styled)
      const replied = reply && keep.find(urlOf(chat, reply.message_id))
      if (reply && !replied && reply.allow_sending_without_reply !== true)
        throw refused('noReplied')
      spend(chat, at)
      const id = (last.get(addressOf(chat)) ?? FIRST_ID) + 1
      last.set(addressOf(chat), id)
      keep.put({
        platform: 'telegram',
        id: String(id),
        url: urlOf(chat, id),
        at: at.toISOString(),
        wire: parameters,
        requests: 1,
        edits: 0,
      })
      return {
        ...messageOf(styled, { id, chat, at }),
        ...(preview && { link_preview_options: preview }),
        ...(replied && {
          reply_to_message: {
            message_id: Number(replied.id),
            date: seconds(new Date(replied.at)),
            chat,
          },
        }),
      }
    },
  }
}

function messageOf(
  { text, entities }: Styled,
  { id, chat, at }: { id: number; chat: Chat; at: Date },
) {
  return {
    message_id: id,
    sender_chat: chat,
    chat,
    date: seconds(at),
    text,
    ...(entities.length > 0 && { entities }),
  }
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)

/** The newest message of each channel, as far as the kept posts tell. */
function newest(posts: readonly KeptPost[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const { id, url } of posts) {
    const channel = url.slice(0, url.lastIndexOf('/'))
    last.set(channel, Math.max(last.get(channel) ?? 0, Number(id)))
  }
  return last
}

/** A channel's address; that of a private one opens for members only. */
function addressOf({ id, username }: Chat): string {
  return `https://t.me/${username ?? `c/${String(id).slice(4)}`}`
}

const urlOf = (chat: Chat, message: number) => `${addressOf(chat)}/${message}`
