import { setImmediate as others } from 'node:timers/promises'
import { isElement, parseFragment, type Element, type Node } from './dom.ts'
import { junk, shareLinks } from './junk.ts'
import { plainText } from './text.ts'

/** A paragraph of an article: plain text, and whether all of it is emphasised. */
export interface Paragraph {
  text: string
  emphasised: boolean
}

const block = new Set(
  (
    'address article aside blockquote body center dd details div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header ' +
    'hr li main ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const emphasis = new Set(['em', 'i', 'cite'])
/** What WordPress plugins write under each item of a feed. */
const farewell =
  /^(?:The post .+ (?:appeared first on|first appeared on) |(?:L[’']article|Cet article) .+ est apparu en premier sur ).{1,200}$/su
/** Deeper nesting than people write, which would only exhaust the stack. */
const deepest = 400

/** The paragraphs of a piece of HTML, without junk. `remove`: a source's own selectors of junk. */
export async function cleanHtml(
  html: string,
  remove: readonly string[] = [],
): Promise<Paragraph[]> {
  return paragraphsOf(await cleanTree(html, remove))
}

/** A piece of HTML as a tree without junk. */
export async function cleanTree(html: string, remove: readonly string[] = []): Promise<Element> {
  const root = await parseFragment(html)
  await others()
  removeJunk(root, remove)
  await others()
  return root
}

/** Removes what is no article from a tree, in place. */
export function removeJunk(root: Element, remove: readonly string[]): void {
  // ours in one, since each is a walk through the whole tree
  for (const selector of [junk.join(', '), ...remove]) {
    for (const element of selected(root, selector)) element.remove()
  }
  for (const link of root.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? ''
    if (shareLinks.some((share) => href.includes(share))) link.remove()
  }
}

/** A source's selector may be broken: then it selects nothing. */
function selected(root: Element, selector: string): Element[] {
  try {
    return [...root.querySelectorAll(selector)]
  } catch {
    return []
  }
}

/** The paragraphs of a tree as it stands: blocks and double breaks part them. */
export function paragraphsOf(root: Element): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let text = ''
  let plain = ''
  let broken = false
  const flush = () => {
    const line = plainText(text)
    // A full stop outside the emphasis does not break it.
    if (line && !farewell.test(line))
      paragraphs.push({ text: line, emphasised: !/[\p{L}\p{N}]/u.test(plain) })
    text = plain = ''
    broken = false
  }
  const walk = (node: Node, emphasised: boolean, depth: number) => {
    if (node.nodeType === 3) {
      const words = node.textContent ?? ''
      text += words
      if (!emphasised) plain += words
      if (words.trim()) broken = false
    }
    if (!isElement(node) || depth > deepest) return
    if (node.localName === 'br') {
      if (broken) flush()
      else [text, broken] = [`${text}\n`, true]
    }
    if (node.localName === 'img') text += emojiOf(node)
    const parts = block.has(node.localName)
    if (parts) flush()
    const inside = emphasised || emphasis.has(node.localName)
    for (const child of node.childNodes) walk(child, inside, depth + 1)
    if (parts) flush()
  }
  walk(root, false, 0)
  flush()
  return paragraphs
}

/** WordPress may draw emoji as pictures; their alternative text is the emoji. */
function emojiOf(image: Element): string {
  return image.matches('.emoji, .wp-smiley') ? (image.getAttribute('alt') ?? '') : ''
}

/** The text of a piece of HTML on one line: entities decoded once, markup gone. */
export async function textOfHtml(html: string): Promise<string> {
  return plainText((await parseFragment(html)).textContent ?? '')
}
