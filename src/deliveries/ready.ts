import { isUnasked } from '../articles/ledger.ts'
import type { Claimed } from './claim.ts'
import type { FrozenPost } from './freeze.ts'
import type { Means } from './means.ts'
import { warn } from './warn.ts'

/** A page that is not there is asked again after so long … */
const AGAIN_MS = 15_000
/** … until so long after its post first could go: then it goes out all the same. */
const PATIENCE_MS = 2 * 60_000

/**
 * Whether a post whose first call is to be made waits for its article's own page, of which Telegram and Mastodon make
 * the card: until when, or null where it goes out now. What a feed or a hook brings may be told of before its page is
 * served everywhere; what somebody names on purpose was read just now, or was given whole and need have no page.
 */
export async function waitsForPage(
  means: Means,
  { delivery }: Claimed,
  { parts }: FrozenPost,
): Promise<Date | null> {
  const begun = parts.some((part) => part.key_used_at !== null || part.syndication !== null)
  if (begun) return null
  const { url, via, given } = await means.db
    .selectFrom('articles')
    .select(['url', 'via', 'given'])
    .where('id', '=', delivery.article_id)
    .executeTakeFirstOrThrow()
  const named = given !== null || !isUnasked(via)
  if (named || (await means.pages.isThere(url))) return null
  const now = means.clock()
  const about = { delivery: `d${delivery.id}`, url }
  if (now.getTime() - delivery.first_due_at.getTime() < PATIENCE_MS) {
    means.log.info('post waits for its page', about)
    return new Date(now.getTime() + AGAIN_MS)
  }
  means.log.warn('post goes out though its page is missing', about)
  await warn(means.db, delivery.id, { kind: 'page-missing', about: url })
  return null
}
