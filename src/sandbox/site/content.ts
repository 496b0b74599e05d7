import { Parser } from 'htmlparser2'
import { type Illustration, MORE, type SiteArticle } from './article.ts'

/** What every page of the sample site needs to know of it. `origin` has no slash at its end. */
export interface Site {
  origin: string
  title: string
  tagline: string
  author: { id: number; name: string; slug: string }
}

const BLOCK = ['<h2>', '<ul>', '<blockquote>', '<figure']
const NETWORKS = [
  ['Facebook', 'https://www.facebook.com/sharer.php?u='],
  ['Twitter', 'https://twitter.com/share?url='],
  ['WhatsApp', 'https://api.whatsapp.com/send?text='],
  ['Telegram', 'https://t.me/share/url?url='],
] as const
/** As WordPress: an automatic excerpt has at most 55 words. */
const EXCERPT_WORDS = 55
const NO_EXCERPT = 'There is no excerpt because this is a protected post.'

/** Escapes plain text for HTML, attribute values and XML. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&#038;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#039;')
}

/** The text of a piece of HTML, entities decoded. */
export function textOf(html: string): string {
  let text = ''
  const parser = new Parser({ ontext: (piece) => (text += piece) })
  parser.end(html)
  return text
}

/** An article's path as WordPress writes it: non-ASCII letters percent-encoded in lower case. */
export function pathOf({ publishedAt, slug }: SiteArticle): string {
  const [year, month] = publishedAt.split('-')
  return `/${year}/${month}/${encodeSlug(slug)}/`
}

/** A slug, percent-encoded in lower case. */
export function encodeSlug(slug: string): string {
  return encodeURIComponent(slug).toLowerCase()
}

/** An image's path. */
export function uploadOf(file: string): string {
  return `/wp-content/uploads/2026/02/${file}`
}

/** The title as readers see it, in HTML: WordPress marks a protected one. */
export function titleOf(article: SiteArticle): string {
  return article.protected ? `Protected: ${article.title}` : article.title
}

/** The text alone, in HTML, as the JSON carries it; a protected one is for whoever has the password. */
export function bodyOf(article: SiteArticle): string {
  return article.body.map((block) => `${blockOf(block, article.id)}\n`).join('')
}

/** What a visitor gets, in HTML: the plugins' share bar and view counter around the text or the password form. */
export function contentOf(article: SiteArticle, site: Site): string {
  const body = article.protected ? passwordForm(article, site) : bodyOf(article)
  return `${shareBar(site.origin + pathOf(article))}${body}<div class="post-views">Views: 29</div>`
}

/** The excerpt of the JSON, in HTML: hand-written, else cut before `MORE` or after 55 words. */
export function excerptOf(article: SiteArticle): string {
  if (article.protected) return ''
  const teaser = article.body.slice(
    0,
    article.body.includes(MORE) ? article.body.indexOf(MORE) : undefined,
  )
  const text = article.excerpt ?? cut(teaser.map((block) => `${block}\n`).join(''))
  return text && `<p>${text}</p>\n`
}

/** The description in page and feed, in HTML: cut from a text that the plugins have added theirs to. */
export function descriptionOf(article: SiteArticle, site: Site): string {
  if (article.protected) return NO_EXCERPT
  return article.excerpt ?? cut(contentOf(article, site))
}

function blockOf(block: string, id: number): string {
  if (block === MORE) return `<p><span id="more-${id}"></span></p>`
  return BLOCK.some((tag) => block.startsWith(tag)) ? block : `<p>${block}</p>`
}

/** A picture in a text, as WordPress' editor writes it; it has no words of its own. */
export function figureInText({ file, alt, width, height }: Illustration, id: number): string {
  return `<figure class="wp-block-image size-full"><img decoding="async" loading="lazy" width="${width}" height="${height}" src="${uploadOf(file)}" alt="${escape(alt)}" class="wp-image-${id}" /></figure>`
}

function cut(html: string): string {
  const words = textOf(html)
    .split(/[\n\r\t ]+/)
    .filter(Boolean)
  const text = escape(words.slice(0, EXCERPT_WORDS).join(' '))
  return words.length > EXCERPT_WORDS ? `${text} [&hellip;]` : text
}

function shareBar(url: string): string {
  const links = NETWORKS.map(
    ([name, to]) => `<a href="${to}${encodeURIComponent(url)}">Partager sur ${name}</a>`,
  )
  return `<div class="share-bar">${links.join(' ')}</div>`
}

function passwordForm({ id }: SiteArticle, { origin }: Site): string {
  return `<form action="${origin}/wp-login.php?action=postpass" class="post-password-form" method="post">
<p>Only readers who know the password can see this text. Please enter it:</p>
<p><label for="pwbox-${id}">Password: <input name="post_password" id="pwbox-${id}" type="password" size="20" /></label> <input type="submit" name="Submit" value="Enter" /></p>
</form>
`
}
