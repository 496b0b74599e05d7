import type { Keep } from '../keep.ts'
import type { KeptPost } from '../stand-in.ts'
import type { Chat, Place } from './accounts.ts'
import {
  type Change,
  changed,
  checkAge,
  checkContent,
  type Content,
  seconds,
  shownContent,
} from './content.ts'
import { openPast } from './past.ts'
import { channelPost, type ChannelPost } from './channel-post.ts'
import type { replyOf } from './parameters.ts'
import { addressOf, newest, urlOf } from './numbers.ts'
import { paced } from './pace.ts'
import { type Photo, picturesOf, sentPhoto } from './photo.ts'
import { editedWire, keptContent, wireOf } from './wire.ts'
import type { Memory, Readers } from './readers.ts'
import { refused } from './refusals.ts'

/** A channel that lived before us: its next message has no small number. */
const FIRST_ID = 1042

/** The channels' messages: numbered one after the other, per channel. */
export interface Channels {
  /** Sends a message and answers it as the Bot API shows it. Throws what the server refuses. */
  send(place: Place, sent: Sent): unknown
  /** The photo that a call sends. Throws what the server refuses. */
  photo(parameters: Record<string, unknown>): Promise<Photo>
  /** Changes a message that the bot sent. Throws what the server refuses. */
  edit(place: Place, messageId: number, edit: Edit): unknown
  /** Deletes a message that the bot sent. Throws what the server refuses. */
  remove(place: Place, messageId: number, at: Date): void
  /** It is deleted by hand. */
  drop(chat: Chat, messageId: number, at: Date): void
  /** It was sent so many seconds earlier. */
  age(chat: Chat, messageId: number, seconds: number): void
  /** What stands, or stood at a moment of this process's life, oldest first. */
  posts(chat: Chat, asOf?: Date): ChannelPost[]
}

export interface Sent {
  parameters: Record<string, unknown>
  content: Content
  reply: ReturnType<typeof replyOf>
  at: Date
}

export interface Edit {
  parameters: Record<string, unknown>
  change: Change
  at: Date
}

/** What readers see is `readers`' to tell; what the bot sent is kept as it arrived. */
export function openChannels(keep: Keep<Memory>, readers: Readers, pace: number | null): Channels {
  const spend = paced(pace)
  const last = newest(keep.posts())
  const past = openPast()
  const standing = (chat: Chat, id: number) => {
    const post = keep.find(urlOf(chat, id))
    return post && !readers.of(post.url).removed ? post : null
  }
  const takeDown = (post: KeptPost, at: Date) => {
    past.note(post, at)
    readers.note({ url: post.url, removed: true })
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
    edit: ({ chat, rights }, messageId, { parameters, change, at }) => {
      checkRights(rights)
      const post = standing(chat, messageId)
      if (!post) throw refused('noEdited')
      const content = changed(keptContent(post), change)
      past.note(post, at)
      const wire = editedWire(wireOf(post), parameters, change.of)
      keep.put({ ...post, wire, edits: post.edits + 1 })
      return {
        ...headOf(chat, { id: messageId, at: new Date(post.at) }),
        edit_date: seconds(at),
        ...shownContent(content),
      }
    },
    remove: ({ chat, rights }, messageId, at) => {
      checkRights(rights)
      const post = standing(chat, messageId)
      if (!post) throw refused('noDeleted')
      checkAge(new Date(post.at), at)
      takeDown(post, at)
    },
    drop: (chat, messageId, at) => {
      const post = standing(chat, messageId)
      if (post) takeDown(post, at)
    },
    age: (chat, messageId, earlier) => {
      const post = standing(chat, messageId)
      if (!post) return
      const at = new Date(new Date(post.at).getTime() - earlier * 1000)
      keep.put({ ...post, at: at.toISOString() })
    },
    posts: (chat, asOf) =>
      keep
        .posts()
        .filter(({ url }) => url.startsWith(`${addressOf(chat)}/`))
        .flatMap((post) => past.at(post, readers.of(post.url).removed, asOf) ?? [])
        .map((post) => channelPost(post, readers.of(post.url), (id) => standing(chat, id))),
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
