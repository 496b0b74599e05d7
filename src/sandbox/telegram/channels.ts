import { z } from 'zod'
import type { Keep } from '../keep.ts'
import type { KeptPost } from '../stand-in.ts'
import type { Chat, Place } from './accounts.ts'
import { checkContent, type Content, contentOf, isSame, seconds, shownContent } from './content.ts'
import { checkKeyboard } from './keyboard.ts'
import type { replyOf } from './parameters.ts'
import { type Photo, photoIn, picturesOf, sentPhoto } from './photo.ts'
import type { Memory, Readers, Reading } from './readers.ts'
import { paced } from './pace.ts'
import { refused } from './refusals.ts'

/** A channel that lived before us: its next message has no small number. */
const FIRST_ID = 1042

/** A post that stands in a channel. */
export interface ChannelPost extends Reading {
  id: number
  url: string
  at: Date
  edited: boolean
  /** Read from what was sent, only where it is shown: a channel has thousands of posts. */
  content(): Content
}

/** The channels' messages: numbered one after the other, per channel. */
export interface Channels {
  /** Sends a message and answers it as the Bot API shows it. Throws what the server refuses. */
  send(place: Place, sent: Sent): unknown
  /** The photo that a call sends. Throws what the server refuses. */
  photo(parameters: Record<string, unknown>): Promise<Photo>
  /** Changes a message that the bot sent. Throws what the server refuses. */
  edit(place: Place, messageId: number, edit: Edit): unknown
  /** What stands, oldest first. */
  posts(chat: Chat): ChannelPost[]
}

export interface Sent {
  parameters: Record<string, unknown>
  content: Content
  reply: ReturnType<typeof replyOf>
  at: Date
}

export interface Edit {
  parameters: Record<string, unknown>
  changed: Partial<Content>
  at: Date
}

/** What readers see is `readers`' to tell; what the bot sent is kept as it arrived. */
export function openChannels(keep: Keep<Memory>, readers: Readers, pace: number | null): Channels {
  const spend = paced(pace)
  const last = newest(keep.posts())
  const standing = (chat: Chat, id: number) => {
    const post = keep.find(urlOf(chat, id))
    return post && !readers.of(post.url).removed ? post : null
  }
  return {
    send: ({ chat, rights }, { parameters, content, reply, at }) => {
      checkRights(rights)
      checkContent(content)
      const replied = reply && standing(chat, reply.message_id)
      if (reply && !replied && reply.allow_sending_without_reply !== true)
        throw refused('noReplied')
      spend(chat, at)
      const id = (last.get(addressOf(chat)) ?? FIRST_ID) + 1
      last.set(addressOf(chat), id)
      const url = urlOf(chat, id)
      const kept = { platform: 'telegram', id: String(id), url, at: at.toISOString() } as const
      const { photo } = content
      const wire = photo === null ? parameters : { ...parameters, photo: photo.fileId }
      keep.put({ ...kept, wire, pictures: picturesOf(photo), requests: 1, edits: 0 })
      return {
        ...headOf(chat, { id, at }),
        ...shownContent(content),
        ...(replied && {
          reply_to_message: headOf(chat, { id: Number(replied.id), at: new Date(replied.at) }),
        }),
      }
    },
    photo: (parameters) => sentPhoto(parameters, keep),
    edit: ({ chat, rights }, messageId, { parameters, changed, at }) => {
      checkRights(rights)
      const post = standing(chat, messageId)
      if (!post) throw refused('noEdited')
      const before = contentOf(wireOf(post), photoIn(post))
      if (changed.styled && before.photo) throw refused('noTextToEdit')
      const content = { ...before, ...changed }
      if (changed.styled) checkContent(content)
      else checkKeyboard(content.keyboard)
      if (isSame(content, before)) throw refused('notModified')
      keep.put({ ...post, wire: editedWire(wireOf(post), parameters), edits: post.edits + 1 })
      return {
        ...headOf(chat, { id: messageId, at: new Date(post.at) }),
        edit_date: seconds(at),
        ...shownContent(content),
      }
    },
    posts: (chat) =>
      keep
        .posts()
        .filter(({ url }) => url.startsWith(`${addressOf(chat)}/`) && !readers.of(url).removed)
        .map((post) => ({
          ...readers.of(post.url),
          id: Number(post.id),
          url: post.url,
          at: new Date(post.at),
          edited: post.edits > 0,
          content: () => contentOf(wireOf(post), photoIn(post)),
        })),
  }
}

function checkRights(rights: Place['rights']): void {
  if (rights === 'not-member') throw refused('notMember')
  if (rights !== 'post') throw refused('noRight')
}

const headOf = (chat: Chat, { id, at }: { id: number; at: Date }) => ({
  message_id: id,
  sender_chat: chat,
  chat,
  date: seconds(at),
})

const record = z.record(z.string(), z.unknown())
const wireOf = ({ wire }: KeptPost) => record.parse(wire)

/** A post's parameters after an edit: what an edit of the text leaves out is gone, one of the buttons keeps the text. */
function editedWire(wire: Record<string, unknown>, edit: Record<string, unknown>) {
  const { message_id: _id, ...changes } = edit
  const { reply_markup: _markup, ...rest } = wire
  if (!('text' in changes)) return { ...rest, ...changes }
  const { parse_mode: _mode, entities: _entities, link_preview_options: _preview, ...kept } = rest
  return { ...kept, ...changes }
}

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

/** Where a message of a channel stands. */
export const urlOf = (chat: Chat, message: number) => `${addressOf(chat)}/${message}`
