import { Parser } from 'htmlparser2'
import { faultOf, styleOf } from './template/elements.ts'
import { TemplateError } from './error.ts'
import type { Segment, Style } from './post.ts'
import { tidy } from './fit/tidy.ts'

/** What an open element adds to the text inside it. */
interface Open {
  element: string
  style?: Style
  link?: string
  fit?: number
  hashtag?: true
  mention?: true
  /** How many segments stood when it was opened. */
  from: number
}

/**
 * Reads what a template wrote, part by part (`<hr>` ends one): text with
 * `<b> <i> <u> <s> <code> <pre> <blockquote> <spoiler>`, `<a href>`, `<br>`, `<fit order>` (elastic, order 1 unless
 * it says otherwise; the inner one decides) and the `<hashtag>` and `<mention>` that the filters `hashtags` and
 * `mention` write. Line feeds in a template are line feeds in the post; `tidy` says what happens to other white
 * space. Throws `TemplateError` for any other element and for elements that are not closed in order.
 */
export function parseSections(template: string, html: string): Segment[][] {
  let segments: Segment[] = []
  const sections = [segments]
  const begin = () => {
    segments = []
    sections.push(segments)
  }
  const open: Open[] = []
  const add = (text: string) => segments.push({ ...marksOf(open), text })
  const wrong = (what: string) => new TemplateError(template, null, what)
  // the parser hands text over in pieces, an entity apart from its neighbours
  let joins = false
  const parser = new Parser({
    ontext: (data) => {
      const last = segments.at(-1)
      if (joins && last) last.text += data
      else add(data)
      joins = true
    },
    onopentag: (element, attributes) => {
      const fault = faultOf(element, Object.keys(attributes))
      if (fault !== null) throw wrong(fault)
      joins = false
      if (element === 'br') add('\n')
      else if (element === 'hr') begin()
      else open.push(opened(element, attributes, segments.length, wrong))
    },
    onclosetag: (element, implied) => {
      joins = false
      if (element === 'br' || element === 'hr') return
      if (implied) throw wrong(`<${element}> is not closed`)
      // an element without text must still be seen, so that its line can go
      if (open.at(-1)?.from === segments.length) add('')
      open.pop()
    },
  })
  parser.end(plain(html))
  return sections.map((section) => tidy(section.map(named)))
}

/** Without what no platform takes: control characters, halves of surrogate pairs, other systems' line ends. */
export function plain(html: string): string {
  return html
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}--[\n\t]]/gv, '')
}

function opened(
  element: string,
  { href, order = '1' }: Readonly<Record<string, string>>,
  from: number,
  wrong: (what: string) => TemplateError,
): Open {
  if (element === 'fit') {
    if (!/^[1-9]\d{0,2}$/.test(order)) throw wrong(`order="${order}" is no number from 1`)
    return { element, fit: Number(order), from }
  }
  if (element === 'hashtag') return { element, hashtag: true, from }
  if (element === 'mention') return { element, mention: true, from }
  if (element === 'a') {
    const link = addressOf(href ?? '')
    return link === null ? { element, from } : { element, link, from }
  }
  const style = styleOf(element)
  return style === undefined ? { element, from } : { element, style, from }
}

/** A web address as platforms take it, or null where it is none: then the words stay and lead nowhere. */
function addressOf(href: string): string | null {
  const address = href.trim()
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null
  // «https:///x» leads to x in browsers, but no server takes it as it is
  return /\s|^https?:\/{3}/i.test(address) ? new URL(address).href : address
}

function marksOf(open: readonly Open[]): Omit<Segment, 'text'> {
  const styles = [...new Set(open.flatMap(({ style }) => style ?? []))]
  const link = open.findLast((one) => one.link !== undefined)?.link
  const elastic = open.findLast((one) => one.fit !== undefined)?.fit
  return {
    ...(styles.length > 0 && { styles }),
    ...(link !== undefined && { link }),
    ...(open.some(({ hashtag }) => hashtag) && { hashtag: '' }),
    ...(open.some(({ mention }) => mention) && { mention: '' }),
    ...(elastic !== undefined && { fit: elastic }),
  }
}

/** The name of a hashtag or mention is its text; readers see the hashtag with `#`. */
function named(segment: Segment): Segment {
  if (segment.mention !== undefined) return { ...segment, mention: segment.text }
  if (segment.hashtag === undefined || segment.text === '') return segment
  return { ...segment, hashtag: segment.text, text: `#${segment.text}` }
}
