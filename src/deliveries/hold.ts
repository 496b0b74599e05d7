import type { Transaction } from 'kysely'
import { type ArticleRow, isUnasked } from '../articles/ledger.ts'
import type { HeldFor, Ledger } from '../store/schema.ts'
import { floodOf } from './flood.ts'

/** What an operator decided about holding. */
export interface HoldRules {
  /** HOLD_OLDER: what a source brings so long after its publication. */
  olderMs: number
  /** HOLD_BURST: more new articles of one source than this within an hour. */
  burst: number
  /** APPROVE: every article. */
  approve: boolean
}

/**
 * Why an article must wait for a person; `skip` where one said no already, null where it may go. What somebody
 * named on purpose is held only where every article is.
 */
export async function holdFor(
  tx: Transaction<Ledger>,
  article: ArticleRow,
  rules: HoldRules,
  now: Date,
): Promise<HeldFor | 'skip' | null> {
  if (article.verdict === 'skip') return 'skip'
  if (article.verdict === 'go') return null
  if (isUnasked(article.via)) {
    const flood = await floodOf(tx, article, rules.burst, now)
    if (flood !== null) return 'flood'
    if (isOld(article, rules.olderMs)) return 'old'
  }
  return rules.approve ? 'approval' : null
}

function isOld({ article, hint, heard_at }: ArticleRow, olderMs: number): boolean {
  const published = Date.parse(article?.publishedAt ?? hint?.publishedAt ?? '')
  return heard_at.getTime() - published > olderMs
}
