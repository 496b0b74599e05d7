import type { Counted, Counts, Syndication } from '../platform.ts'
import { type PublicPost, publicPost } from './address.ts'
import { type SeenMessage, type SeenPage, seenPage } from './page.ts'
import type { Preview } from './preview.ts'

/** Messages on one public page. */
export const ON_A_PAGE = 20

/**
 * Views and reactions from the public page of a public channel, 20 messages with one call. Answers the first of
 * those asked for that stand close enough together. One alone that is missing there is looked for at its own address.
 */
export async function counted(
  preview: Preview,
  asked: readonly Syndication[],
  signal: AbortSignal,
): Promise<Counted[]> {
  const posts = asked.map(({ url }) => publicPost(url))
  const [first] = posts
  if (first === undefined) return []
  if (first === null) return leading(posts, (post) => post === null).map(() => 'unknown')
  if (asked.length === 1) return [await alone(preview, first, signal)]
  const ofChannel = leading(posts, (post) => isSameChannel(post, first)).flatMap((one) => one ?? [])
  const close = closeTogether(ofChannel)
  const highest = Math.max(...close.map(({ id }) => id))
  const page = await pageBefore(preview, { channel: first.channel, id: highest + 1 }, signal)
  const lowest = lowestOn(page, first.channel)
  if (lowest === null) return ofChannel.map(() => 'unknown')
  const onPage = leading(close, ({ id }) => id >= lowest)
  return (onPage.length > 0 ? onPage : [first]).map((post) => countsOn(page, post, 0) ?? 'unknown')
}

/**
 * Only the post's own address can say that it is gone, and only where the channel shows its posts at all: those on
 * both sides, since the oldest of a channel has none before it.
 */
async function alone(preview: Preview, post: PublicPost, signal: AbortSignal): Promise<Counted> {
  const after = { ...post, id: post.id + ON_A_PAGE / 2 }
  const page = await pageBefore(preview, after, signal)
  const found = countsOn(page, post, 0)
  if (found !== null) return found
  if (page.messages.has(keyOf(post))) return 'unknown'
  const own = await seen(preview, `${post.channel}/${post.id}?embed=1&mode=tme`, signal)
  if (own.messages.has(keyOf(post))) return countsOn(own, post, null) ?? 'unknown'
  return own.error && lowestOn(page, post.channel) !== null ? 'gone' : 'unknown'
}

function pageBefore(preview: Preview, { channel, id }: PublicPost, signal: AbortSignal) {
  return seen(preview, `s/${channel}?before=${id}`, signal)
}

async function seen(preview: Preview, path: string, signal: AbortSignal): Promise<SeenPage> {
  return seenPage((await preview.read(path, signal)) ?? '')
}

function leading<T>(all: readonly T[], fits: (one: T) => boolean): T[] {
  const end = all.findIndex((one) => !fits(one))
  return all.slice(0, end === -1 ? all.length : end)
}

function isSameChannel(post: PublicPost | null, { channel }: PublicPost): boolean {
  return post?.channel.toLowerCase() === channel.toLowerCase()
}

/** The first posts whose numbers one page can hold. */
function closeTogether(posts: readonly PublicPost[]): PublicPost[] {
  let [lowest, highest] = [Infinity, -Infinity]
  return leading(posts, ({ id }) => {
    lowest = Math.min(lowest, id)
    highest = Math.max(highest, id)
    return highest - lowest < ON_A_PAGE
  })
}

const keyOf = ({ channel, id }: PublicPost) => `${channel}/${id}`.toLowerCase()

/** The oldest message of the channel on a page; null where no post of it is recognised there. */
function lowestOn({ messages }: SeenPage, channel: string): number | null {
  const own = [...messages].filter(([key]) => key.startsWith(`${channel.toLowerCase()}/`))
  if (own.every(([, { service }]) => service)) return null
  return Math.min(...own.map(([key]) => Number(key.slice(channel.length + 1))))
}

/**
 * What a page tells of a post; null where the post or both its numbers cannot be found. Where views are told and no
 * reaction is, there are `unreacted`.
 */
function countsOn(page: SeenPage, post: PublicPost, unreacted: 0 | null): Counts | null {
  const message = page.messages.get(keyOf(post))
  if (message === undefined || message.service) return null
  const views = numberIn(message.views)
  const likes = likesOf(message, views === null ? null : unreacted)
  if (views === null && likes === null) return null
  return {
    likes: likes?.value ?? null,
    reposts: null,
    replies: null,
    quotes: null,
    views: views?.value ?? null,
    rounded: [
      ...(likes?.rounded === true ? (['likes'] as const) : []),
      ...(views?.rounded === true ? (['views'] as const) : []),
    ],
  }
}

interface Shown {
  value: number
  rounded: boolean
}

/** All reactions together, paid ones too; null where one of them cannot be read. */
function likesOf({ reactions }: SeenMessage, unreacted: 0 | null): Shown | null {
  if (reactions.length === 0) return unreacted === null ? null : { value: 0, rounded: false }
  const numbers = reactions.map(numberIn).filter((one) => one !== null)
  if (numbers.length < reactions.length) return null
  return {
    value: numbers.reduce((sum, { value }) => sum + value, 0),
    rounded: numbers.some(({ rounded }) => rounded),
  }
}

const UNITS: Record<string, number> = { '': 1, K: 1e3, M: 1e6, B: 1e9 }

/** «983», «1.2K», «55.2K», «1.5M»; null for anything else. */
function numberIn(text: string): Shown | null {
  const [, digits, sign = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([KMB]?)$/i.exec(text.trim()) ?? []
  const unit = UNITS[sign.toUpperCase()]
  if (digits === undefined || unit === undefined) return null
  return { value: Math.round(Number(digits) * unit), rounded: sign !== '' }
}
