import { lettersOf, sameAddress } from '../letters.ts'

/** What a post's HTML holds of ours. */
export interface Content {
  /** Which of the wanted addresses it links to. */
  links: ReadonlySet<string>
  /** Its words without those links. */
  letters: string
  /** Its words without those links and without the names that the server made mentions of. */
  unnamed: string
  /** All its words. */
  all: string
}

/**
 * A post's HTML, read by a parser: which of `wanted` (as `sameAddress` writes them) it links to, and its
 * words without those links. Servers shorten, split and hide what they show of a link, but keep its `href`.
 */
export async function contentOf(html: string, wanted: ReadonlySet<string>): Promise<Content> {
  const { Parser } = await import('htmlparser2')
  const links = new Set<string>()
  let all = ''
  let rest = ''
  let unnamed = ''
  let inside = false
  let named = false
  const parser = new Parser({
    onopentag: (name, { href, class: kind = '' }) => {
      if (name !== 'a' || href === undefined) return
      named = /\bmention\b/.test(kind) && !/\bhashtag\b/.test(kind)
      const address = sameAddress(href)
      if (!wanted.has(address)) return
      links.add(address)
      inside = true
    },
    ontext: (data) => {
      all += data
      if (inside) return
      rest += data
      if (!named) unnamed += data
    },
    onclosetag: (name) => {
      if (name === 'a') inside = named = false
    },
  })
  parser.end(html)
  return { links, letters: lettersOf(rest), unnamed: lettersOf(unnamed), all: lettersOf(all) }
}
