import type { SiteArticle } from './article.ts'
import { contentOf, descriptionOf, escape, pathOf, type Site, textOf, titleOf } from './content.ts'

/** The site's RSS feed, in the order given; `changedAt` is in milliseconds since 1970. */
export function feedXml(articles: SiteArticle[], site: Site, changedAt: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>

<channel>
	<title>${escape(site.title)}</title>
	<atom:link href="${site.origin}/feed/" rel="self" type="application/rss+xml" />
	<link>${site.origin}</link>
	<description>${escape(site.tagline)}</description>
	<lastBuildDate>${rfc822(changedAt)}</lastBuildDate>
	<language>en-US</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.1.9</generator>
${articles.map((article) => item(article, site)).join('')}</channel>
</rss>
`
}

function item(article: SiteArticle, site: Site): string {
  const url = site.origin + pathOf(article)
  const terms = [article.category, ...article.tags]
  return `	<item>
		<title>${escape(textOf(titleOf(article)))}</title>
		<link>${url}</link>
					<comments>${url}#respond</comments>

		<dc:creator>${cdata(site.author.name)}</dc:creator>
		<pubDate>${rfc822(Date.parse(article.publishedAt))}</pubDate>
		${terms.map(({ name }) => `<category>${cdata(name)}</category>`).join('\n\t\t')}
		<guid isPermaLink="false">${site.origin}/?p=${article.id}</guid>

					<description>${cdata(descriptionOf(article, site).replace('&hellip;', '&#8230;'))}</description>
										<content:encoded>${cdata(withEmojiImages(contentOf(article, site), site.origin))}</content:encoded>

					<wfw:commentRss>${url}feed/</wfw:commentRss>
			<slash:comments>0</slash:comments>
	</item>
`
}

/** As WordPress: feed readers get emoji as pictures, the character as their alternative. */
function withEmojiImages(html: string, origin: string): string {
  return html.replaceAll(/\p{RGI_Emoji}/gv, (emoji) => {
    const code = Array.from(emoji, (char) => char.codePointAt(0)?.toString(16)).join('-')
    return `<img src="${origin}/wp-includes/images/emoji/${code}.png" alt="${emoji}" class="wp-smiley" style="height: 1em; max-height: 1em;" />`
  })
}

function cdata(html: string): string {
  return `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

function rfc822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}
