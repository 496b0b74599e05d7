import type { AccountRow } from '../accounts/ledger.ts'
import { asPlatformError, PlatformError } from '../platforms/error.ts'
import type { Connection, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { reasonOf } from '../reason.ts'
import { endAttempt, markSent } from './attempts.ts'
import type { Claimed, DeliveryRow } from './claim.ts'
import type { FrozenPost, PartRow } from './freeze.ts'
import { CALL_MS, covers, type Lease, renew } from './lease.ts'
import type { Means } from './means.ts'
import { keepSyndication, persistently, settle } from './outcome.ts'
import { prepareThumbnail } from './thumbnail.ts'

/** A platform that forgets keys after an hour is given a new one some minutes before. */
const KEY_LASTS_MS = 55 * 60_000
const SLOW = 'the database took too long'

/** One part, one call. False where the lease was lost: somebody else goes on. */
export async function sendPart(
  means: Means,
  { account, delivery, lease }: Claimed,
  connection: Connection,
  post: FrozenPost,
  part: PartRow,
): Promise<boolean> {
  const thumbnail = await prepareThumbnail(means, lease, account, connection, part)
  // Everything up to here may have taken its time: the lease must outlast the call's deadline.
  if (!covers(lease, CALL_MS, means.clock) && !(await renew(means.db, lease, means.clock)))
    return false
  const key = keyFor(means, account, part)
  const attempt = await markSent(means, lease, part.position, key)
  if (attempt === null) return false
  if (!covers(lease, CALL_MS, means.clock)) {
    await endAttempt(means, attempt, 'unavailable', SLOW)
    throw new PlatformError('unavailable', SLOW)
  }
  const publication = { key, createdAt: post.createdAt, replyTo: threadOf(post, part), thumbnail }
  const signal = AbortSignal.timeout(CALL_MS)
  let syndication: Syndication
  try {
    syndication = await connection.publish(part.draft, publication, signal)
  } catch (thrown) {
    const error = asPlatformError(thrown, 'uncertain')
    await endAttempt(means, attempt, error.kind, error.reason).catch(() => undefined)
    throw error
  }
  return keep(means, account, delivery, lease, post, part, syndication, attempt).catch((error) => {
    // The answer cannot be stored: the lease's end makes it uncertain, and the replay rule finds it again.
    means.log.error('an answer could not be stored', {
      delivery: `d${delivery.id}`,
      error: reasonOf(error),
    })
    return false
  })
}

/** The remote id is stored first thing after the answer; with the last part the delivery is published. */
async function keep(
  means: Means,
  account: AccountRow,
  delivery: DeliveryRow,
  lease: Lease,
  post: FrozenPost,
  part: PartRow,
  syndication: Syndication,
  attempt: number,
): Promise<boolean> {
  part.syndication = syndication
  if (post.parts.some((other) => other.syndication === null)) {
    return persistently(means, lease, async () => {
      await means.db.transaction().execute(async (tx) => {
        await keepSyndication(tx, delivery.id, part.position, syndication)
        await endAttempt({ db: tx, clock: means.clock }, attempt, 'done')
      })
      return true
    })
  }
  return settle(
    means,
    lease,
    account,
    { state: 'published', dueAt: null, error: null },
    async (tx) => {
      await keepSyndication(tx, delivery.id, part.position, syndication)
      await endAttempt({ db: tx, clock: means.clock }, attempt, 'done')
      await tx.deleteFrom('pictures').where('delivery_id', '=', delivery.id).execute()
    },
  )
}

function keyFor(means: Means, account: AccountRow, part: PartRow): string {
  const platform = platforms[account.platform]
  if (platform.replay.by !== 'look' || part.key_used_at === null) return part.key
  const age = means.clock().getTime() - part.key_used_at.getTime()
  return age < KEY_LASTS_MS ? part.key : platform.newKey(means.clock(), means.random)
}

function threadOf(
  post: FrozenPost,
  part: PartRow,
): { root: Syndication; parent: Syndication } | null {
  const root = post.parts[0]?.syndication
  const parent = post.parts[part.position - 1]?.syndication
  return root && parent ? { root, parent } : null
}
