import type { Answer, Arrival } from '../answer.ts'
import type { Chat } from './accounts.ts'
import { type Bot, isNamed } from './bot.ts'
import type { ChannelPost } from './channel-post.ts'
import type { Channels } from './channels.ts'
import { escapeHtml } from './html.ts'
import { messageHtml } from './message.ts'

/** Messages on one page, as on the real one. */
const ON_A_PAGE = 20

/**
 * What Telegram shows of public channels to everybody: `/s/CHANNEL` (`?before=ID`, `?after=ID`, `?q=words`), and one
 * post at `/CHANNEL/ID?embed=1`. A channel that is private or unknown leads to a page without posts. Null where the
 * path is none of these. `staleMs`: so old is what the pages show.
 */
export function pageOf(
  { path, query, at }: Arrival,
  bots: readonly Bot[],
  channels: Channels,
  staleMs: number,
): Answer | null {
  const history = /^\/s\/(\w+)\/?$/.exec(path)
  const [, name = '', id] = history ?? /^\/(\w+)(?:\/(\d+))?\/?$/.exec(path) ?? []
  if (name === '') return null
  const places = bots.flatMap((bot) => bot.places)
  const chat = places.find((place) => isNamed(place.chat, name))?.chat
  const asOf = staleMs === 0 ? undefined : new Date(at.getTime() - staleMs)
  const posts = chat ? channels.posts(chat, asOf) : []
  if (id !== undefined) return html('body_widget_post', embedded(name, chat, Number(id), posts))
  if (!history) return html('tgme_page', `<div class="tgme_page_extra">@${name}</div>`)
  if (!chat) return { status: 302, headers: { location: `/${name}` }, body: '' }
  return html('widget_frame_base tgme_webpreview', historyHtml(chat, query, posts))
}

function historyHtml(chat: Chat, query: URLSearchParams, posts: readonly ChannelPost[]): string {
  const wrapped = chosen(query, posts).map(
    (post) =>
      `<div class="tgme_widget_message_wrap js-widget_message_wrap">${messageHtml(chat, post)}</div>`,
  )
  return `<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span dir="auto">${escapeHtml(chat.title)}</span></div></div>
<section class="tgme_channel_history js-message_history">${wrapped.join('\n')}</section>`
}

/** The posts that a query asks for, oldest first. */
function chosen(query: URLSearchParams, posts: readonly ChannelPost[]): readonly ChannelPost[] {
  const before = Number(query.get('before') ?? Infinity)
  const after = Number(query.get('after') ?? 0)
  const words = (query.get('q') ?? '').toLowerCase()
  const found = posts.filter(
    ({ id, content }) =>
      id < before &&
      id > after &&
      (words === '' || content().styled.text.toLowerCase().includes(words)),
  )
  return query.has('after') ? found.slice(0, ON_A_PAGE) : found.slice(-ON_A_PAGE)
}

function embedded(
  name: string,
  chat: Chat | undefined,
  id: number,
  posts: readonly ChannelPost[],
): string {
  if (!chat) return missing(`Channel with username <b>@${name}</b> not found`)
  const post = posts.find((one) => one.id === id)
  return post ? messageHtml(chat, post) : missing('Post not found')
}

function missing(what: string): string {
  return `<div class="tgme_widget_message js-widget_message"><div class="tgme_widget_message_error">${what}</div></div>`
}

function html(kind: string, body: string): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Telegram</title></head><body class="${kind}">
${body}
</body></html>
`,
  }
}
