import type { KeptPost } from '../stand-in.ts'
import type { Chat } from './accounts.ts'

/** The newest message of each channel, as far as the kept posts tell. */
export function newest(posts: readonly KeptPost[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const { id, url } of posts) {
    const channel = url.slice(0, url.lastIndexOf('/'))
    last.set(channel, Math.max(last.get(channel) ?? 0, Number(id)))
  }
  return last
}

/** A channel's address; that of a private one opens for members only. */
export function addressOf({ id, username }: Chat): string {
  return `https://t.me/${username ?? `c/${String(id).slice(4)}`}`
}

/** Where a message of a channel stands. */
export const urlOf = (chat: Chat, message: number) => `${addressOf(chat)}/${message}`
