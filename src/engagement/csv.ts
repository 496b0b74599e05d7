import { kinds } from './merge.ts'
import type { AccountStats, ArticleStats, By } from './stats.ts'

const heads: Record<By, readonly string[]> = {
  account: ['account', 'platform'],
  article: ['article', 'title', 'url'],
}

/**
 * Counts as CSV (RFC 4180) with a header line; what cannot be known is empty. A text that a spreadsheet would take
 * for a formula gets an apostrophe before it, and none carries control characters.
 */
export function toCsv(rows: readonly (AccountStats | ArticleStats)[], by: By): string {
  const header = [...heads[by], 'posts', ...kinds, 'rounded', 'countedAt']
  const lines = rows.map((row) => [
    ...('account' in row ? [row.account, row.platform] : [row.article, row.title, row.url]),
    row.posts,
    ...kinds.map((kind) => row[kind]),
    row.rounded.join(' '),
    row.countedAt,
  ])
  return [header, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')
}

function field(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = harmless(value)
  // Where the comma is the decimal sign, spreadsheets take a semicolon for the end of a field.
  return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Spreadsheets run what begins with one of these, full-width or not, also behind what cannot be seen. */
function harmless(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  return /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(plain) ? `'${plain}` : plain
}
