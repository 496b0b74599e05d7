import { z } from 'zod'
import type { Card, Draft, Facet } from '../../posts/post.ts'
import { PlatformError } from '../error.ts'
import type { MediaRef, Publication, Syndication } from '../platform.ts'
import { culpritOf } from './errors.ts'

export const POST = 'app.bsky.feed.post'

/**
 * A draft as an `app.bsky.feed.post` record in JSON. The same draft and publication always give the same
 * record, so that putting it again changes nothing.
 */
export function recordOf(draft: Draft, publication: Publication) {
  const { createdAt, replyTo } = publication
  const facets = draft.facets.flatMap(facetOf)
  const embed = embedOf(draft, publication.media)
  return {
    $type: POST,
    text: draft.text,
    createdAt: createdAt.toISOString(),
    ...languagesOf(draft.language),
    ...(facets.length > 0 && { facets }),
    ...(embed !== null && { embed }),
    ...(replyTo !== null && {
      reply: { root: strongRef(replyTo.root), parent: strongRef(replyTo.parent) },
    }),
  }
}

/** A tag that is none would have the whole record refused. */
function languagesOf(tag: string | null): { langs?: string[] } {
  try {
    return tag === null ? {} : { langs: Intl.getCanonicalLocales(tag) }
  } catch {
    return {}
  }
}

/** Pictures where any could be had, else the card: a post takes one of both. */
function embedOf({ card, images }: Draft, media: Publication['media']) {
  const uploaded = media.flatMap((one) => ('ref' in one ? [one] : []))
  if (images.length === 0) return card && externalOf(card, uploaded[0]?.ref)
  if (uploaded.length === 0) return card && externalOf(card, undefined)
  return {
    $type: 'app.bsky.embed.images',
    images: uploaded.map(({ ref, alt, width, height }) => {
      return { image: ref, alt, aspectRatio: { width, height } }
    }),
  }
}

function externalOf({ url, title, description }: Card, thumb: MediaRef | undefined) {
  const external = { uri: url, title, description, ...(thumb !== undefined && { thumb }) }
  return { $type: 'app.bsky.embed.external', external }
}

function facetOf({ kind, start, end, value }: Facet) {
  const feature = featureOf(kind, value)
  return feature === null
    ? []
    : [{ index: { byteStart: start, byteEnd: end }, features: [feature] }]
}

function featureOf(kind: Facet['kind'], value: string | undefined) {
  if (value === undefined) return null
  if (kind === 'mention') {
    // a name that means nobody has no DID, and the record would be refused
    return value.startsWith('did:')
      ? { $type: 'app.bsky.richtext.facet#mention', did: value }
      : null
  }
  if (kind === 'link') return { $type: 'app.bsky.richtext.facet#link', uri: value }
  return kind === 'hashtag' ? { $type: 'app.bsky.richtext.facet#tag', tag: value } : null
}

function strongRef({ id, cid = '' }: Syndication) {
  return { uri: id, cid }
}

/** The parts of the official client that know what a record may be. */
export type Rules = Pick<typeof import('@atproto/api'), 'jsonToLex' | 'lexicons'>

const fields = z.record(z.string(), z.unknown())

/**
 * A record as the client takes it, checked by the official lexicons, since the client itself checks nothing.
 * Throws `rejected` that says what is wrong.
 */
export function checked(record: object, { jsonToLex, lexicons }: Rules): Record<string, unknown> {
  const lex = fields.parse(jsonToLex(fields.parse(record)))
  try {
    lexicons.assertValidRecord(POST, lex)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new PlatformError('rejected', reason, { culprit: culpritOf(reason) })
  }
  return lex
}

/** Where readers find a post: by handle, or by DID where the handle is not valid now. */
export function addressOf(did: string, handle: string, key: string): string {
  return `https://bsky.app/profile/${handle === 'handle.invalid' ? did : handle}/post/${key}`
}
