import { standsFor } from '../articles/ledger.ts'
import { publicArticle } from '../deliveries/public.ts'
import { articleStory } from '../deliveries/story.ts'
import type { TakenIn } from '../deliveries/heard.ts'
import { Problem } from '../locale/problem.ts'
import { isAddressLiteral, isPublicAddress } from '../net/address.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import { readArticleJob } from '../queue/jobs.ts'
import type { Web } from './routes.ts'

/**
 * Refuses what cannot be read anyway: an address of this machine or of a private network, unless such sources
 * are allowed, or it is of the sandbox's own site. Names are looked up when it is read. Throws `address-private`.
 */
export function checkReachable(address: string, { config, sandbox }: Web): void {
  const { hostname, origin } = new URL(address)
  const near = /(^|\.)localhost\.?$/.test(hostname)
  const isPrivate = near || (isAddressLiteral(hostname) && !isPublicAddress(hostname))
  const ofSandbox = sandbox !== null && new URL(sandbox.site.url).origin === origin
  if (isPrivate && !config.allowPrivateSources && !ofSandbox) {
    throw new Problem('address-private', { address })
  }
}

/** What is read later than this, the sweep wakes in time: each of a thousand hooks need not. */
const SOON_MS = 60_000

/** What stands in the ledger of an article that was taken in, and where to follow it; wakes its reading. */
export async function tellTaken(web: Web, { article, readAt, released }: TakenIn) {
  // Nobody waits for the queue: the ledger knows what is due, and the sweep finds it.
  void wake(web, article, readAt, released)
  const { db } = web.store
  // Read in the meantime, it may have turned out to be another one.
  const story = await articleStory(db, (await standsFor(db, article)) ?? article)
  if (story === null) throw new Error(`a${article} vanished`)
  return { ...publicArticle(story, web.words), follow: `/api/articles/${story.id}` }
}

async function wake(
  { queue, log, store }: Web,
  article: number,
  readAt: Date | null,
  released: TakenIn['released'],
): Promise<void> {
  const soon = readAt !== null && readAt.getTime() - store.clock().getTime() < SOON_MS
  if (!soon && released.length === 0) return
  try {
    const open = await queue()
    if (soon) await open.wake(readArticleJob(article), readAt)
    await wakeAccounts(open, released)
  } catch {
    log.warn('queue away, work goes on by the ledger')
  }
}
