import type { SiteArticle, Term } from './article.ts'
import {
  contentOf,
  descriptionOf,
  encodeSlug,
  escape,
  pathOf,
  type Site,
  textOf,
  titleOf,
  uploadOf,
} from './content.ts'

const STYLE = `body{margin:0 auto;max-width:46rem;padding:1.5rem;font:1.1rem/1.6 Georgia,serif;color:#222}
a{color:#345c00}img{max-width:100%;height:auto}.share-bar a{margin-right:.8rem;font-size:.8rem}
.wp-block-site-title{font-size:1.4rem}.wp-block-post-featured-image{margin:1rem 0}.post-views{font-size:.8rem;color:#666}
.wp-block-navigation__responsive-container:not(.is-menu-open){display:none}`

/** An article's page as a WordPress block theme with a sharing and a counting plugin writes it. */
export function articlePage(article: SiteArticle, site: Site): string {
  const classes = `post-template-default single single-post postid-${article.id} single-format-standard wp-embed-responsive`
  return page(
    site,
    `${titleOf(article)} &#8211; `,
    headOf(article, site),
    classes,
    mainOf(article, site),
  )
}

/** The home page: a list of all articles, and no article itself. */
export function homePage(articles: SiteArticle[], site: Site): string {
  const items = articles.map(
    (article) =>
      `<li class="wp-block-post"><h2 class="wp-block-post-title"><a href="${site.origin}${pathOf(article)}" target="_self">${titleOf(article)}</a></h2>${dateOf(article)}</li>`,
  )
  const head = `<meta property="og:type" content="website"/><meta property="og:title" content="${escape(site.title)}"/><meta property="og:description" content="${escape(site.tagline)}"/><meta property="og:locale" content="fr_FR"/><meta property="og:url" content="${site.origin}/"/>`
  const main = `<div class="wp-block-query"><ul class="wp-block-post-template">\n${items.join('\n')}\n</ul></div>`
  return page(site, '', head, 'home blog wp-embed-responsive', main)
}

/** The page of an address that the site does not know. */
export function missingPage(site: Site): string {
  const main = `<h1 class="wp-block-heading">404</h1>\n<p>This page could not be found.</p>`
  return page(site, 'Page not found &#8211; ', '', 'error404 wp-embed-responsive', main)
}

function page(site: Site, title: string, head: string, classes: string, main: string): string {
  const name = escape(site.title)
  const home = `<p class="wp-block-site-title"><a href="${site.origin}" target="_self" rel="home">${name}</a></p>`
  return `<!DOCTYPE html>
<html lang="en-US">
<head>
	<meta charset="UTF-8" />
	<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name='robots' content='max-image-preview:large' />
<title>${title}${name}</title>
<link rel="alternate" type="application/rss+xml" title="${name} &raquo; Feed" href="${site.origin}/feed/" />
<link rel="alternate" type="application/rss+xml" title="${name} &raquo; Comments Feed" href="${site.origin}/comments/feed/" />
<style id='wp-block-library-inline-css'>
${STYLE}
</style>
<link rel="https://api.w.org/" href="${site.origin}/wp-json/" />
<meta name="generator" content="WordPress 6.1.9" />
${head}</head>

<body class="${classes}">

<div class="wp-site-blocks"><header class="wp-block-template-part">
${home}
<nav class="wp-block-navigation" aria-label=""><button aria-label="Open menu" class="wp-block-navigation__responsive-container-open"></button><div class="wp-block-navigation__responsive-container"><ul class="wp-block-page-list"><li class="wp-block-navigation-item"><a href="${site.origin}/sample-page/">Sample Page</a></li></ul></div></nav>
</header>

<main class="is-layout-flow wp-block-group">
${main}
</main>

<footer class="wp-block-template-part">
${home}
<p class="has-text-align-right">Proudly powered by <a href="https://wordpress.org" rel="nofollow">WordPress</a></p>
</footer>
</div>
</body>
</html>
`
}

function headOf(article: SiteArticle, site: Site): string {
  const { origin } = site
  const url = origin + pathOf(article)
  const oembed = `${origin}/wp-json/oembed/1.0/embed?url=${encodeURIComponent(url)}`
  const image = article.image ? [['og:image', origin + uploadOf(article.image.file)]] : []
  const properties = [
    ['og:title', escape(textOf(titleOf(article)))],
    ['og:description', descriptionOf(article, site).replaceAll('"', '&quot;')],
    ['og:locale', 'fr_FR'],
    ['og:url', url],
    ...image,
  ]
  return `<link rel="alternate" type="application/json" href="${origin}/wp-json/wp/v2/posts/${article.id}" />
<link rel="canonical" href="${url}" />
<link rel='shortlink' href='${origin}/?p=${article.id}' />
<link rel="alternate" type="application/json+oembed" href="${oembed}" />
${properties.map(([name, value]) => `<meta property="${name}" content="${value}"/>`).join('')}`
}

function mainOf(article: SiteArticle, site: Site): string {
  const title = `<h1 style="margin-bottom:var(--wp--preset--spacing--40);" class="wp-block-post-title">${titleOf(article)}</h1>`
  return `${figureOf(article, site)}${title}

<div class="has-global-padding is-layout-constrained entry-content wp-block-post-content">${contentOf(article, site)}</div>
<div class="wp-block-template-part">
<hr class="wp-block-separator alignwide has-css-opacity is-style-wide"/>
<p>Posted</p>${dateOf(article)}
<p>in</p><div class="taxonomy-category wp-block-post-terms">${termLinks('category', [article.category], site)}</div>
<p>by</p><div class="wp-block-post-author"><p class="wp-block-post-author__name">${site.author.name}</p></div>
${article.tags.length > 0 ? `<p>Tags:</p><div class="taxonomy-post_tag wp-block-post-terms">${termLinks('tag', article.tags, site)}</div>` : ''}
</div>
<section class="wp-block-template-part"><div class="wp-block-comments"><h2>Comments</h2>
<div id="respond" class="comment-respond wp-block-post-comments-form"><h3 id="reply-title" class="comment-reply-title">Leave a Reply</h3><form action="${site.origin}/wp-comments-post.php" method="post" id="commentform" class="comment-form"><p class="comment-form-comment"><label for="comment">Comment</label> <textarea id="comment" name="comment" cols="45" rows="8" required></textarea></p><p class="form-submit wp-block-button"><input name="submit" type="submit" class="wp-block-button__link" value="Post Comment" /></p></form></div></div></section>`
}

function figureOf({ image }: SiteArticle, { origin }: Site): string {
  if (!image) return ''
  const { alt, width, height, file } = image
  return `<figure class="alignwide wp-block-post-featured-image"><img loading="lazy" width="${width}" height="${height}" src="${origin}${uploadOf(file)}" class="attachment-post-thumbnail size-post-thumbnail wp-post-image" alt="${escape(alt)}" decoding="async" /></figure>\n`
}

function dateOf({ publishedAt }: SiteArticle): string {
  const date = new Date(Date.parse(publishedAt) + 3_600_000)
  const shown = date.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
  return `<div class="wp-block-post-date"><time datetime="${date.toISOString().slice(0, 19)}+01:00">${shown}</time></div>`
}

function termLinks(kind: 'category' | 'tag', terms: Term[], { origin }: Site): string {
  return terms
    .map(
      ({ name, slug }) => `<a href="${origin}/${kind}/${encodeSlug(slug)}/" rel="tag">${name}</a>`,
    )
    .join('<span class="wp-block-post-terms__separator">, </span>')
}
