import type { Page } from './dom.ts'

/** Reads a page's meta elements by property or name; null where it is missing or empty. */
export interface Meta {
  (name: string): string | null
  /** Every value of a property that may be repeated. */
  all(name: string): string[]
}

/** The meta elements of a page. The first of a name counts. */
export function metaOf(page: Page): Meta {
  const values = new Map<string, string[]>()
  for (const element of page.querySelectorAll('meta[content]')) {
    const name = (element.getAttribute('property') ?? element.getAttribute('name'))
      ?.trim()
      .toLowerCase()
    const value = element.getAttribute('content')?.trim()
    if (name && value) values.set(name, [...(values.get(name) ?? []), value].slice(0, 50))
  }
  return Object.assign((name: string) => values.get(name)?.[0] ?? null, {
    all: (name: string) => values.get(name) ?? [],
  })
}
