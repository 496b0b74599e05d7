import { bounded } from './bounded.ts'

/** A node of a parsed page: as much of the DOM as reading needs. */
export interface Node {
  readonly nodeType: number
  readonly nodeName: string
  readonly textContent: string | null
  readonly childNodes: Iterable<Node>
}

/** An element of a parsed page. */
export interface Element extends Node {
  readonly localName: string
  innerHTML: string
  getAttribute(name: string): string | null
  matches(selector: string): boolean
  closest(selector: string): Element | null
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
  remove(): void
}

/** A parsed page. */
export interface Page extends Omit<Element, 'matches' | 'closest' | 'remove' | 'getAttribute'> {
  readonly documentElement: Element
  readonly body: Element
}

/** Parses a whole page, as far as `bounded` lets it. */
export async function parsePage(html: string): Promise<Page> {
  const { parseHTML } = await import('linkedom')
  const text = bounded(html)
  const page: Page = parseHTML(text).document
  if (page.documentElement?.localName === 'html' && page.querySelector('body')) return page
  // The parser does not supply the tags that HTML lets authors leave out.
  return parseHTML(`<!doctype html><html><body>${text}</body></html>`).document
}

/** Parses a piece of HTML; the answer is the element that holds it. */
export async function parseFragment(html: string): Promise<Element> {
  const { parseHTML } = await import('linkedom')
  const page: Page = parseHTML(`<!doctype html><html><body>${bounded(html)}</body></html>`).document
  return page.body
}

/** Whether a node is an element. */
export function isElement(node: Node): node is Element {
  return node.nodeType === 1
}

/** The trimmed attribute of the first element that matches, or null where there is none or it is empty. */
export function attributeOf(root: Page | Element, selector: string, name: string): string | null {
  return root.querySelector(selector)?.getAttribute(name)?.trim() || null
}
