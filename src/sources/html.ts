import { Parser } from 'htmlparser2'
import { parsePage } from '../articles/dom.ts'
import { webAddressOrNull } from '../net/address.ts'

/** Whether a text is a page: by its doctype or its first element. */
export function isHtml(text: string): boolean {
  let first: string | null = null
  const parser = new Parser({
    onprocessinginstruction(name, data) {
      if (name.toLowerCase() === '!doctype') first ??= data.toLowerCase().split(/\s+/)[1] ?? null
    },
    onopentagname(name) {
      first ??= name.toLowerCase()
    },
  })
  parser.write(text.slice(0, 10_000))
  return first === 'html' || first === 'head' || first === 'body'
}

const feedTypes = ['application/rss+xml', 'application/atom+xml', 'application/feed+json']
const feedLinks = feedTypes.map((type) => `link[rel~="alternate"][type="${type}"][href]`).join(', ')

/** The address of the feed that a page links to, the first where it has several. */
export async function feedLinkOf(html: string, address: string): Promise<string | null> {
  const page = await parsePage(html)
  return webAddressOrNull(page.querySelector(feedLinks)?.getAttribute('href'), address)
}
