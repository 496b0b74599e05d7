import { openApp, quietly } from '../app.ts'
import { toCsv } from '../engagement/csv.ts'
import { kinds } from '../engagement/merge.ts'
import { SINCE, sinceOf } from '../engagement/since.ts'
import {
  type AccountStats,
  type ArticleStats,
  byOf,
  stats as readStats,
} from '../engagement/stats.ts'
import { tellCount } from '../locale/counts.ts'
import type { Words } from '../locale/words.ts'
import type { Command } from './command.ts'
import { titled, toned } from './terminal.ts'

/** `crieur stats`: what the posts of some time brought, by account or by article. */
export const stats: Command = {
  options: {
    since: { type: 'string' },
    by: { type: 'string' },
    json: { type: 'boolean' },
    csv: { type: 'boolean' },
  },
  words: { least: 0, most: 0 },
  run: async ({ config, options, words, json, at, stopping }) => {
    const by = byOf(String(options['by'] ?? 'account'))
    const typed = String(options['since'] ?? SINCE)
    sinceOf(typed, new Date()) // a wrong one is told before anything is opened
    const app = await openApp(quietly(config), null, stopping)
    try {
      const rows = await readStats(app.store.db, { since: sinceOf(typed, app.store.clock()), by })
      if (json) at.stdout.write(`${JSON.stringify(rows)}\n`)
      else if (options['csv'] === true) at.stdout.write(toCsv(rows, by))
      else at.stdout.write(`${table(rows, words, at.stdout)}\n`)
      return 0
    } finally {
      await app.close()
    }
  },
}

/** Columns that line up: the name in front, numbers to the right, a title at the end where it may be long. */
function table(
  rows: readonly (AccountStats | ArticleStats)[],
  words: Words,
  out: Parameters<typeof toned>[0],
): string {
  const { engagement } = words
  if (rows.length === 0) return engagement.nothing()
  const byAccount = rows.some((row) => 'account' in row)
  const first = byAccount ? engagement.account : engagement.article
  const head = [first, engagement.posts, ...kinds.map((kind) => engagement.kinds[kind])]
  const lines = rows.map((row) => [
    'account' in row ? row.account : row.article,
    engagement.number(row.posts),
    ...kinds.map((kind) => tellCount(words, row, kind)),
  ])
  const widths = head.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)),
  )
  const laid = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
  const titles = rows.map((row) => ('account' in row ? '' : `  ${titled(row.title)}`))
  return [
    toned(out, 'strong', laid(head)),
    ...lines.map((line, at) => `${laid(line)}${titles[at]}`),
  ].join('\n')
}
