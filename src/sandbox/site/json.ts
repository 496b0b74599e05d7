import type { Illustration, SiteArticle, Term } from './article.ts'
import { bodyOf, encodeSlug, excerptOf, pathOf, type Site, uploadOf } from './content.ts'

/** WordPress' answer for an id it does not know. */
export const UNKNOWN_POST = {
  code: 'rest_post_invalid_id',
  message: 'Invalid post ID.',
  data: { status: 404 },
}

/**
 * An article as `/wp-json/wp/v2/posts/ID` gives it, without the plugins' additions to its text.
 * `embed`: with author, image and terms, as `?_embed` asks.
 */
export function postJson(article: SiteArticle, site: Site, embed: boolean) {
  const locked = article.protected ?? false
  const at = dates(article.publishedAt)
  return {
    id: article.id,
    ...at,
    guid: { rendered: `${site.origin}/?p=${article.id}` },
    modified: at.date,
    modified_gmt: at.date_gmt,
    slug: encodeSlug(article.slug),
    status: 'publish',
    type: 'post',
    link: site.origin + pathOf(article),
    title: { rendered: article.title },
    content: { rendered: locked ? '' : bodyOf(article), protected: locked },
    excerpt: { rendered: excerptOf(article), protected: locked },
    author: site.author.id,
    featured_media: article.image ? mediaId(article) : 0,
    comment_status: 'open',
    ping_status: 'open',
    sticky: false,
    template: '',
    format: 'standard',
    meta: [],
    categories: [article.category.id],
    tags: article.tags.map(({ id }) => id),
    _links: links(article, site),
    ...(embed ? { _embedded: embedded(article, site) } : {}),
  }
}

/** The site's clock is set to UTC+1 all year; its JSON says so with two dates that have no zone. */
function dates(publishedAt: string): { date: string; date_gmt: string } {
  const stamp = (ms: number) => new Date(ms).toISOString().slice(0, 19)
  const utc = Date.parse(publishedAt)
  return { date: stamp(utc + 3_600_000), date_gmt: stamp(utc) }
}

function mediaId({ id }: SiteArticle): number {
  return id + 1
}

function links(article: SiteArticle, { origin, author }: Site) {
  const api = `${origin}/wp-json/wp/v2`
  const link = (href: string) => ({ embeddable: true, href })
  return {
    self: [{ href: `${api}/posts/${article.id}` }],
    collection: [{ href: `${api}/posts` }],
    author: [link(`${api}/users/${author.id}`)],
    ...(article.image ? { 'wp:featuredmedia': [link(`${api}/media/${mediaId(article)}`)] } : {}),
    'wp:term': [
      { taxonomy: 'category', ...link(`${api}/categories?post=${article.id}`) },
      { taxonomy: 'post_tag', ...link(`${api}/tags?post=${article.id}`) },
    ],
  }
}

function embedded(article: SiteArticle, { origin, author }: Site) {
  const term = (kind: 'category' | 'tag', { id, name, slug }: Term) => ({
    id,
    link: `${origin}/${kind}/${encodeSlug(slug)}/`,
    name,
    slug: encodeSlug(slug),
    taxonomy: kind === 'tag' ? 'post_tag' : kind,
  })
  return {
    author: [{ ...author, url: origin, description: '', link: `${origin}/author/${author.slug}/` }],
    ...(article.image ? { 'wp:featuredmedia': [media(article, article.image, origin)] } : {}),
    'wp:term': [[term('category', article.category)], article.tags.map((tag) => term('tag', tag))],
  }
}

function media(article: SiteArticle, { file, alt, width, height }: Illustration, origin: string) {
  const slug = file.replace('.jpg', '')
  return {
    id: mediaId(article),
    date: dates(article.publishedAt).date,
    slug,
    type: 'attachment',
    link: `${origin}${pathOf(article)}${slug}/`,
    title: { rendered: slug },
    author: 0,
    caption: { rendered: '' },
    alt_text: alt,
    media_type: 'image',
    mime_type: 'image/jpeg',
    media_details: { width, height, file: `2026/02/${file}`, sizes: {} },
    source_url: origin + uploadOf(file),
  }
}
