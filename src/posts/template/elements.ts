import type { Style } from '../post.ts'

/** Elements that only draw their text. */
const styles = new Map<string, Style>([
  ['b', 'bold'],
  ['i', 'italic'],
  ['u', 'underline'],
  ['s', 'strikethrough'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['spoiler', 'spoiler'],
])

/** Elements that filters alone write, by the filter. */
const filtered = new Map<string, string>([
  ['hashtag', 'hashtags'],
  ['mention', 'mention'],
])

/** The others, with the attributes each may carry. */
const others = new Map<string, readonly string[]>([
  ['a', ['href']],
  ['fit', ['order']],
  ['br', []],
  ['hr', []],
  ['hashtag', []],
  ['mention', []],
])

/** The style that an element stands for, or undefined where it is none. */
export function styleOf(element: string): Style | undefined {
  return styles.get(element)
}

/** What is wrong with an element in what a template wrote, or null where it is one of ours. */
export function faultOf(element: string, attributes: readonly string[]): string | null {
  const allowed = styles.has(element) ? [] : others.get(element)
  if (allowed === undefined) {
    const known = [...styles.keys(), 'a', 'br', 'fit', 'hr'].map((name) => `<${name}>`).join(' ')
    return `<${element}> is no element of a post; there are ${known}`
  }
  const unknown = attributes.find((attribute) => !allowed.includes(attribute))
  if (unknown !== undefined) return `<${element}> takes no attribute “${unknown}”`
  if (element === 'a' && !attributes.includes('href')) return '<a> needs an href'
  return null
}

/** The same of an element that a template writes by itself. */
export function faultIn(element: string, attributes: readonly string[]): string | null {
  const filter = filtered.get(element)
  return filter === undefined
    ? faultOf(element, attributes)
    : `<${element}> is written by the filter “${filter}” alone`
}
