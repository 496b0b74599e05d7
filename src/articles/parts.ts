import type { Paragraph } from './clean.ts'

/** An article's text, its preface and its credit apart. */
export interface Parts {
  preface: string | null
  content: string | null
  credit: string | null
}

/** «Extrait de TASS», «Source : TASS», “Originally published in The Wire”. */
const creditWords =
  "(?:extraits?\\s+(?:de\\s+|du\\s+|des\\s+|d[’']\\s*)" +
  "|source\\s*:\\s*|sources\\s*:\\s*|article\\s+(?:tiré|extrait)\\s+d(?:e\\s+|[’'])|tiré\\s+d(?:e\\s+|[’'])" +
  "|publié\\s+(?:initialement\\s+|d[’']abord\\s+)?(?:dans|par|sur)\\s+|d[’']après\\s+" +
  '|(?:an?\\s+)?(?:excerpt|extract)(?:ed)?\\s+from\\s+|(?:originally|first)\\s+published\\s+(?:in|by|on|at)\\s+' +
  '|from\\s+|via\\s+|reprinted\\s+from\\s+)'
const bracketed = new RegExp(`\\(\\s*${creditWords}([^()]{1,120}?)[\\s.]*\\)[\\s.]*$`, 'iu')
const bare = /^(?:sources?\s*:\s*|via\s*:\s*)(\S.{0,119}?)[\s.]*$/iu

/** How many emphasised paragraphs at the beginning may be a preface. */
const longestPreface = 4

/**
 * Parts an article's paragraphs: the opening ones that are emphasised as a whole are somebody else's words before
 * the text (unless the whole article is), and a closing «(Extrait de TASS)» says where it was taken from.
 */
export function partsOf(paragraphs: readonly Paragraph[]): Parts {
  const { credit, body } = creditOf(paragraphs)
  const first = body.findIndex((paragraph) => !paragraph.emphasised)
  const prefaces = first > longestPreface ? 0 : Math.max(first, 0)
  return {
    preface: joined(body.slice(0, prefaces)),
    content: joined(body.slice(prefaces)),
    credit,
  }
}

function joined(paragraphs: readonly Paragraph[]): string | null {
  return paragraphs.map(({ text }) => text).join('\n\n') || null
}

function creditOf(paragraphs: readonly Paragraph[]): { credit: string | null; body: Paragraph[] } {
  const body = [...paragraphs]
  const last = body.pop()
  if (!last) return { credit: null, body }
  const found = bracketed.exec(last.text) ?? bare.exec(last.text)
  const credit = found?.[1]?.trim()
  if (!found || !credit) return { credit: null, body: [...body, last] }
  const before = last.text.slice(0, found.index).trim()
  return { credit, body: before ? [...body, { ...last, text: before }] : body }
}
