import { parseFragment, type Page } from './dom.ts'
import type { Meta } from './meta.ts'
import { plainText, plainTextOrNull } from './text.ts'

/** Where the heading is, the surest place first. */
const headings = [
  '.wp-block-post-title, .entry-title, .post-title, [itemprop="headline"], .p-name',
  'article h1',
  'main h1',
  'h1',
]
/** What stands between a title and the site's name. */
const separator = '\\s+[-–—|·•»«:/]\\s+'

/** The article's title: JSON-LD, OpenGraph, the heading, the window's title without the site's name. */
export async function titleOf(
  page: Page,
  headline: string | null,
  meta: Meta,
): Promise<string | null> {
  const site = plainTextOrNull(meta('og:site_name') ?? siteNameOf(page))
  const own = headingOf(page, site)
  const windowTitle = plainTextOrNull(page.querySelector('title')?.textContent)
  const shared = await toldTitle(meta('og:title') ?? meta('twitter:title'), [own, windowTitle])
  const linked = await toldTitle(headline, [shared, own])
  const title = linked ?? (shared && withoutSite(shared, site)) ?? own
  if (title || !windowTitle || windowTitle === site) return title
  return withoutSite(windowTitle, site)
}

/** Many themes make the site's name a heading too. */
function headingOf(page: Page, site: string | null): string | null {
  for (const selector of headings) {
    for (const heading of page.querySelectorAll(selector)) {
      const text = plainTextOrNull(heading.textContent)
      if (text && text !== site) return text
    }
  }
  return null
}

/** What is told to others is no HTML, yet some sites escape it: decoded only where the page shows it decoded. */
async function toldTitle(
  told: string | null,
  shown: readonly (string | null)[],
): Promise<string | null> {
  if (!told) return null
  const raw = plainText(told)
  if (!raw.includes('&') || shown.includes(raw)) return raw || null
  const decoded = plainText((await parseFragment(told)).textContent ?? '')
  return shown.some((title) => title?.startsWith(decoded)) ? decoded : raw
}

function siteNameOf(page: Page): string | null {
  return page.querySelector('.wp-block-site-title, .site-title')?.textContent ?? null
}

function withoutSite(title: string, site: string | null): string {
  if (!site || title === site) return title
  const name = site.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  // An isolate that the title leaves open was closed behind the site's name.
  return plainText(title.replace(new RegExp(`${separator}${name}\u2069*$`, 'u'), '')) || title
}
