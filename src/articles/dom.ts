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
  append(child: Element): void
  remove(): void
  readonly nextElementSibling: Element | null
}

/** A parsed page. */
export interface Page {
  readonly documentElement: Element
  readonly head: Element
  readonly body: Element
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

/** The parser, its nodes without a place for listeners: one weak map of all those is collected for up to a second. */
async function parser() {
  const { Node: shown, parseHTML } = await import('linkedom')
  const built: unknown = Object.getPrototypeOf(shown)
  if (typeof built === 'function') Object.setPrototypeOf(built, nothing)
  return parseHTML
}

/** Stands in for the constructor that nodes build on. */
function nothing() {}

/** Parses a whole page, as far as `bounded` lets it. */
export async function parsePage(html: string): Promise<Page> {
  const parseHTML = await parser()
  const text = bounded(html)
  const page: Page = parseHTML(text).document
  if (page.documentElement?.localName === 'html' && page.querySelector('body')) return tidied(page)
  return parseHTML(`<!doctype html><html><head></head><body>${text}</body></html>`).document
}

/** The parser does not supply a head that the author left out, and then takes something else for the body. */
function tidied(page: Page): Page {
  const body = page.querySelector('body')
  for (;;) {
    const next = page.head.nextElementSibling
    if (!next || next === body) return page
    page.head.append(next)
  }
}

/** Parses a piece of HTML; the answer is the element that holds it. */
export async function parseFragment(html: string): Promise<Element> {
  const parseHTML = await parser()
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
