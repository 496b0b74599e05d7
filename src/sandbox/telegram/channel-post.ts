import type { KeptPost } from '../stand-in.ts'
import type { Content } from './content.ts'
import { replyOf } from './parameters.ts'
import type { Reading } from './readers.ts'
import { keptContent, wireOf } from './wire.ts'

/** A post that stands in a channel. */
export interface ChannelPost extends Reading {
  id: number
  url: string
  at: Date
  edited: boolean
  /** Read from what was sent, only where it is shown: a channel has thousands of posts. */
  content(): Content
  /** The post that it answers, where that stands. */
  answered(): { url: string; content: Content } | null
}

/** A kept post as its channel shows it; `standing` tells of the others by their numbers. */
export function channelPost(
  post: KeptPost,
  reading: Reading,
  standing: (id: number) => KeptPost | null,
): ChannelPost {
  return {
    ...reading,
    id: Number(post.id),
    url: post.url,
    at: new Date(post.at),
    edited: post.edits > 0,
    content: () => keptContent(post),
    answered: () => {
      const reply = replyOf(wireOf(post))
      const found = reply && standing(reply.message_id)
      return found ? { url: found.url, content: keptContent(found) } : null
    },
  }
}
