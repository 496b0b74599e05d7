import { isHome } from './canonical.ts'
import type { Page } from './dom.ts'

/** WordPress names the kind of a page in the body's classes. */
const lists = '.archive, .search-results, .search-no-results, .error404, .home'
const likelyLists = '.blog, .category, .tag, .search, .author'
/** A picture's or file's own page calls itself single too. */
const attachments = '.attachment, .single-attachment, .attachment-template-default'
const singles = '.single, .single-post, .singular'

/** Kinds of page by what they say of themselves: OpenGraph's type, JSON-LD. */
export interface Said {
  type: string | null
  linked: boolean
  list: boolean
}

/** Whether a page is an article rather than a home page, a list or an error page. */
export function isArticle(page: Page, address: string, said: Said): boolean {
  const body = page.body
  if (body.matches(attachments)) return false
  if (body.matches(singles)) return true
  if (body.matches(lists)) return false
  if (said.linked || said.type?.toLowerCase() === 'article') return true
  if (said.list || body.matches(likelyLists) || isHome(new URL(address))) return false
  return !/^(?:website|profile|product\.group)$/i.test(said.type ?? '')
}

/** Whether the article asks for a password before it shows its text. */
export function isProtected(page: Page): boolean {
  const marked = 'post-password-required'
  if (page.querySelector('form.post-password-form')) return true
  return (
    page.body.matches(`.${marked}`) ||
    (page.querySelector('article')?.matches(`.${marked}`) ?? false)
  )
}
