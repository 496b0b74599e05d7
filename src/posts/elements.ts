import type { Style } from './post.ts'

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

/** The others, with the attributes each may carry. `hashtag` is written by the filter `hashtags` alone. */
const others = new Map<string, readonly string[]>([
  ['a', ['href']],
  ['fit', ['order']],
  ['br', []],
  ['hashtag', []],
])

/** The style that an element stands for, or undefined where it is none. */
export function styleOf(element: string): Style | undefined {
  return styles.get(element)
}

/** What is wrong with an element as a template has it, or null where it is one of ours. */
export function faultOf(element: string, attributes: readonly string[]): string | null {
  const allowed = styles.has(element) ? [] : others.get(element)
  if (allowed === undefined) {
    const known = [...styles.keys(), 'a', 'br', 'fit'].map((name) => `<${name}>`).join(' ')
    return `<${element}> is no element of a post; there are ${known}`
  }
  const unknown = attributes.find((attribute) => !allowed.includes(attribute))
  if (unknown !== undefined) return `<${element}> takes no attribute “${unknown}”`
  if (element === 'a' && !attributes.includes('href')) return '<a> needs an href'
  return null
}
