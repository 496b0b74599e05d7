import type { Draft } from '../../posts/post.ts'
import { PlatformError } from '../error.ts'
import { lettersOf, sameAddress } from '../letters.ts'
import type { Syndication } from '../platform.ts'
import { type SeenMessage, type SeenPage, seenPage } from './page.ts'
import type { Preview } from './preview.ts'

/** A channel that posts more pages than these since a lost answer cannot be searched. */
const PAGES = 5
/** A server's clock may run behind ours by this much, and keeps whole seconds only. */
const SKEW_MS = 5000

/**
 * Looks for a draft among the messages of a public channel since a moment, newest first, by its public page: the
 * same words and links. «cannot look» where there is no such page, where it cannot be read, or where the moment lies
 * too many messages ago. Throws `PlatformError` where the page cannot be had just now.
 */
export async function find(
  preview: Preview,
  channel: string,
  { draft, since }: { draft: Draft; since: Date },
  signal: AbortSignal,
): Promise<Syndication | 'absent' | 'cannot look'> {
  const wanted = wantedOf(draft)
  if (wanted.signs === '') return 'cannot look'
  const from = since.getTime() - SKEW_MS
  let before = ''
  for (let page = 0; page < PAGES; page++) {
    const html = await pageOf(preview, `s/${channel}${before}`, signal)
    const shown = html === null ? null : shownOf(await seenPage(html), channel)
    if (shown === null) return 'cannot look'
    const oldest = shown.at(-1)
    for (const message of shown.filter(({ service }) => !service)) {
      const sentAt = Date.parse(message.sentAt)
      if (Number.isNaN(sentAt)) return 'cannot look'
      if (sentAt < from) return 'absent'
      if (matches(message, wanted)) return syndicationOf(message)
    }
    if (oldest === undefined || numberOf(oldest) <= 1) return 'absent'
    before = `?before=${numberOf(oldest)}`
  }
  return 'cannot look'
}

/** How often strangers may read pages says nothing of how often the bot may post. */
function pageOf(preview: Preview, path: string, signal: AbortSignal): Promise<string | null> {
  return preview.read(path, signal).catch((error: unknown) => {
    if (!(error instanceof PlatformError) || error.kind !== 'rate-limited') throw error
    throw new PlatformError('unavailable', error.reason, { status: error.status })
  })
}

/** The channel's messages on a page, newest first; null where that is no page we can read. */
function shownOf({ messages, empty }: SeenPage, channel: string): SeenMessage[] | null {
  const name = `${channel.toLowerCase()}/`
  const own = [...messages].filter(([key]) => key.startsWith(name)).map(([, message]) => message)
  if (own.length === 0 && !empty) return null
  const posts = own.filter(({ service }) => !service)
  // a page on which no post has words or a picture is one whose structure we do not know
  if (posts.length > 0 && posts.every(({ text, photo }) => text === '' && !photo)) return null
  return own.toSorted((a, b) => numberOf(b) - numberOf(a))
}

const numberOf = ({ post }: SeenMessage) => Number(post.slice(post.lastIndexOf('/') + 1))

interface Wanted {
  letters: string
  /** All its signs, for a text that has no letters. */
  signs: string
  links: readonly string[]
}

function wantedOf({ text, facets }: Draft): Wanted {
  const links = facets
    .filter(({ kind }) => kind === 'link')
    .map(({ start, end, value }) => value ?? text.slice(start, end))
  // of any other address the server makes no link (TD MessageEntity.cpp)
  const usable = links.filter((link) => /^https?:/i.test(link) && URL.canParse(link))
  return { letters: lettersOf(text), signs: signsOf(text), links: usable.map(sameAddress) }
}

/** The same words, and all the links among those that the message leads to: the server makes some by itself. */
function matches({ text, links }: SeenMessage, wanted: Wanted): boolean {
  if (lettersOf(text) !== wanted.letters) return false
  if (wanted.letters === '' && signsOf(text) !== wanted.signs) return false
  // some of the page's addresses are escaped twice
  const there = new Set(links.flatMap((link) => [link, link.replaceAll('&amp;', '&')]))
  const addresses = new Set([...there].map(sameAddress))
  return wanted.links.every((link) => addresses.has(link))
}

function signsOf(text: string): string {
  return text.normalize('NFKC').replace(/[\s\ufe00-\ufe0f]/gu, '')
}

function syndicationOf({ post, photo }: SeenMessage): Syndication {
  const id = post.slice(post.lastIndexOf('/') + 1)
  return { id, url: `https://t.me/${post}`, ...(photo && { caption: true }) }
}
