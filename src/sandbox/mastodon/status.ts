import { z } from 'zod'
import type { Answer } from '../answer.ts'
import type { KeptPost } from '../stand-in.ts'
import { type Member, shownAccount } from './accounts.ts'
import { contentOf, plain, tagUrl } from './content.ts'
import { stripped } from './count.ts'
import { type Media, shownMedia } from './media.ts'
import { piecesOf } from './pieces.ts'
import { refused } from './refusals.ts'

const flag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0', ''])])
const id = z.union([z.string(), z.number().int()]).transform(String)

/** What `POST /api/v1/statuses` takes, of what this stand-in knows; other parameters are passed over. */
const shape = z.object({
  status: z.string().nullish(),
  spoiler_text: z.string().nullish(),
  sensitive: flag.nullish(),
  visibility: z.string().nullish(),
  language: z.string().nullish(),
  in_reply_to_id: id.nullish(),
  media_ids: z.array(id).nullish(),
  allowed_mentions: z.array(id).nullish(),
  scheduled_at: z.null().optional(),
})

const visibilities = z.enum(['public', 'unlisted', 'private', 'direct'])

/** A status as it was asked for, with the instance's own defaults filled in. */
export interface Wanted {
  text: string
  warning: string
  sensitive: boolean
  visibility: z.infer<typeof visibilities>
  language: string
  parent: string | null
  media: string[]
  /** Account ids, or null where anybody may be mentioned. */
  mentions: string[] | null
}

/** Throws 422 for a parameter of the wrong type or an unknown visibility. */
export function wantedOf(fields: unknown): Wanted {
  const { data, error } = shape.safeParse(fields)
  if (!data) throw refused('badField', String(error.issues[0]?.path[0] ?? 'Text'))
  const visibility = visibilities.safeParse(data.visibility || 'public').data
  if (visibility === undefined) throw refused('badVisibility')
  const warning = data.spoiler_text ?? ''
  const text = stripped(data.status ?? '')
  const media = data.media_ids ?? []
  return {
    // post_status_service.rb: a warning alone is posted with a full stop, or with a sign for its pictures
    text: text === '' && warning !== '' ? (media.length > 0 ? '🖼' : '.') : text,
    warning,
    sensitive: data.sensitive === true || data.sensitive === 'true' || data.sensitive === '1',
    visibility,
    language: languageOf(data.language ?? ''),
    parent: data.in_reply_to_id ?? null,
    media,
    mentions: data.allowed_mentions ?? null,
  }
}

const DEFAULT_LANGUAGE = 'fr'
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** A language the server knows, without its region; else, silently, the account's own. */
function languageOf(tag: string): string {
  const language = tag.split(/[-_]/)[0]?.toLowerCase() ?? ''
  if (!/^[a-z]{2,3}$/.test(language)) return DEFAULT_LANGUAGE
  return names.of(language) === undefined ? DEFAULT_LANGUAGE : language
}

/** Those whom a text mentions: of this instance, since no other is asked. */
export function namedIn(text: string, members: readonly Member[], origin: string): Member[] {
  const { host: own } = new URL(origin)
  const pieces = piecesOf(text)
  return members.filter(({ username }) =>
    pieces.some(
      (piece) =>
        piece.kind === 'mention' &&
        piece.user.toLowerCase() === username.toLowerCase() &&
        (piece.host === null || piece.host === own),
    ),
  )
}

/** A kept status as the API shows it. No card: the server makes it later, from the page. */
export function shownStatus(
  post: KeptPost,
  author: Member,
  origin: string,
  { members, media }: { members: readonly Member[]; media: Media },
) {
  const wanted = wantedOf(post.wire)
  const { text, warning, sensitive, visibility, language, parent } = wanted
  const named = namedIn(text, members, origin)
  const tags = piecesOf(text).flatMap((piece) =>
    piece.kind === 'hashtag' ? [{ name: plain(piece.name), url: tagUrl(piece.name, origin) }] : [],
  )
  return {
    id: post.id,
    created_at: post.at,
    in_reply_to_id: parent,
    in_reply_to_account_id: parent === null ? null : author.id,
    sensitive: sensitive || warning !== '',
    spoiler_text: warning,
    visibility,
    language,
    uri: `${origin}/users/${author.username}/statuses/${post.id}`,
    url: post.url,
    replies_count: 0,
    reblogs_count: 0,
    favourites_count: 0,
    quotes_count: 0,
    edited_at: post.editedAt ?? null,
    favourited: false,
    reblogged: false,
    muted: false,
    bookmarked: false,
    pinned: false,
    content: contentOf(text, origin, named),
    reblog: null,
    application: { name: 'Crieur', website: null },
    account: shownAccount(author, origin),
    media_attachments: wanted.media
      .flatMap((one) => media.find(one) ?? [])
      .map((one) => shownMedia(one, origin)),
    mentions: named.map((one) => {
      return {
        id: one.id,
        username: one.username,
        url: `${origin}/@${one.username}`,
        acct: one.username,
      }
    }),
    tags,
    emojis: [],
    card: null,
    poll: null,
    quote: null,
  }
}

/** What a reader's browser gets at a status's address. */
export function pageOf(content: string): Answer {
  const body = `<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Crieur sandbox</title><body>${content}</body></html>`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
