import type { Chat } from './accounts.ts'
import type { ChannelPost } from './channel-post.ts'
import type { Content } from './content.ts'
import { escapeHtml, shortCount, textHtml } from './html.ts'
import type { Reaction } from './readers.ts'

/** One post of a public channel as the page shows it, to be wrapped. */
export function messageHtml(chat: Chat, post: ChannelPost): string {
  const { reactions, views, at, edited } = post
  const { styled, photo, preview } = post.content()
  const name = chat.username ?? ''
  const moment = at.toISOString()
  return `<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="${name}/${post.id}">
<div class="tgme_widget_message_user"><a href="https://t.me/${name}"><i class="tgme_widget_message_user_photo"></i></a></div>
<div class="tgme_widget_message_bubble">
<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/${name}"><span dir="auto">${escapeHtml(chat.title)}</span></a></div>
${answeredHtml(chat, post.answered())}${photoHtml(photo, post.url)}${styled.text === '' ? '' : `<div class="tgme_widget_message_text js-message_text" dir="auto">${textHtml(styled)}</div>`}
${previewHtml(preview)}${reactionsHtml(reactions)}
<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short js-message_info">
<span class="tgme_widget_message_views">${shortCount(views)}</span><span class="copyonly"> views</span><span class="tgme_widget_message_meta">${edited ? 'edited ' : ''}<a class="tgme_widget_message_date" href="${post.url}"><time datetime="${moment.slice(0, 19)}+00:00" class="time">${moment.slice(11, 16)}</time></a></span>
</div></div>
</div></div>`
}

/** The post that this one answers, with the beginning of its words. */
function answeredHtml(chat: Chat, answered: ReturnType<ChannelPost['answered']>): string {
  if (answered === null) return ''
  const words = Array.from(answered.content.styled.text.replaceAll('\n', ' ')).slice(0, 80).join('')
  return `<a class="tgme_widget_message_reply" href="${answered.url}"><div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" dir="auto">${escapeHtml(chat.title)}</span></div>
<div class="tgme_widget_message_text js-message_reply_text" dir="auto">${escapeHtml(words)}</div></a>
`
}

function photoHtml(photo: Content['photo'], url: string): string {
  if (photo === null) return ''
  const { fileId, width, height } = photo
  return `<a class="tgme_widget_message_photo_wrap" href="${url}" style="width:${width}px;background-image:url('/file/${fileId}.jpg')"><div class="tgme_widget_message_photo" style="padding-top:${(height / width) * 100}%"></div></a>
`
}

/** The card; only the one that the bot asked for, since nothing here reads other pages. */
function previewHtml(preview: Content['preview']): string {
  const url = preview && 'url' in preview ? preview.url : undefined
  if (url === undefined) return ''
  return `<a class="tgme_widget_message_link_preview" href="${escapeHtml(url)}"><div class="link_preview_site_name accent_color" dir="auto">${escapeHtml(hostOf(url))}</div></a>`
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url
}

/** Nothing at all where nobody reacted. Paid ones stand first. */
function reactionsHtml(reactions: readonly Reaction[]): string {
  const shown = reactions
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => Number('paid' in b) - Number('paid' in a) || b.count - a.count)
    .map(reactionHtml)
  if (shown.length === 0) return ''
  return `<div class="tgme_widget_message_reactions js-message_reactions">${shown.join('')}</div>`
}

function reactionHtml(reaction: Reaction): string {
  const count = shortCount(reaction.count)
  if ('paid' in reaction)
    return `<span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>${count}</span>`
  if ('custom' in reaction)
    return `<span class="tgme_reaction"><tg-emoji emoji-id="${reaction.custom}"></tg-emoji>${count}</span>`
  return `<span class="tgme_reaction"><i class="emoji"><b>${escapeHtml(reaction.emoji)}</b></i>${count}</span>`
}
