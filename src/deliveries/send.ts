import type { Transaction } from 'kysely'
import type { AccountRow } from '../accounts/ledger.ts'
import { limitsOf } from '../accounts/limits.ts'
import { noteAllowance, takeTurn } from '../accounts/state.ts'
import { asPlatformError, PlatformError } from '../platforms/error.ts'
import type { Allowance, Connection, Publication, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { reasonOf } from '../reason.ts'
import type { Ledger } from '../store/schema.ts'
import { endAttempt, markSent } from './attempts.ts'
import type { Claimed } from './claim.ts'
import type { FrozenPost, PartRow } from './freeze.ts'
import { CALL_MS, covers, renew } from './lease.ts'
import { lessen, withoutUploads } from './lesser.ts'
import type { Means } from './means.ts'
import { keepSyndication, persistently, settle } from './outcome.ts'
import { preparePictures } from './pictures.ts'
import { warn } from './warn.ts'

/** A platform that forgets keys after an hour is given a new one some minutes before. */
const KEY_LASTS_MS = 55 * 60_000
const SLOW = 'the database took too long'

/** How a part went: go on with the next; over, since the lease was lost; or the rest waits until a moment. */
type Sent = 'on' | 'over' | Date

/** One part: its pictures first, then one call, and another without what alone it was refused for. */
export async function sendPart(
  means: Means,
  claimed: Claimed,
  connection: Connection,
  post: FrozenPost,
  part: PartRow,
): Promise<Sent> {
  const { account, delivery, lease } = claimed
  await resolveMentions(means, connection, part)
  const media = await preparePictures(means, claimed, connection, part)
  if (media instanceof Date) return media
  // Everything up to here may have taken its time: the lease must outlast the call's deadline.
  if (!covers(lease, CALL_MS, means.clock) && !(await renew(means.db, lease, means.clock)))
    return 'over'
  const key = keyFor(means, account, part)
  const attempt = await markSent(means, lease, part.position, key)
  if (attempt === null) return 'over'
  if (!covers(lease, CALL_MS, means.clock)) {
    await endAttempt(means, attempt, 'unavailable', SLOW)
    throw new PlatformError('unavailable', SLOW)
  }
  const publication = publicationOf(post, part, key, media)
  let syndication: Syndication
  try {
    syndication = await connection.publish(part.draft, publication, AbortSignal.timeout(CALL_MS))
  } catch (thrown) {
    const error = asPlatformError(thrown, 'uncertain')
    await endAttempt(means, attempt, error.kind, error.reason).catch(() => undefined)
    const lesser = await lesserPart(means, account, part, error)
    if (lesser === null) throw error
    post.parts[part.position] = lesser
    return sendPart(means, claimed, connection, post, lesser)
  }
  const allowance = connection.allowance()
  const answered = { syndication, attempt, allowance }
  return keep(means, claimed, post, part, answered).catch((error) => {
    // The answer cannot be stored: the lease's end makes it uncertain, and the replay rule finds it again.
    means.log.error('an answer could not be stored', {
      delivery: `d${delivery.id}`,
      error: reasonOf(error),
    })
    return 'over'
  })
}

/** Whom a draft's mentions mean is asked once, so that a repeated call is the same call. */
async function resolveMentions(means: Means, connection: Connection, part: PartRow): Promise<void> {
  const asked = part.sent_at !== null || part.key_used_at !== null
  if (asked || !part.draft.facets.some(({ kind }) => kind === 'mention')) return
  const known = part.draft.warnings.length
  part.draft = await connection.resolve(part.draft, AbortSignal.timeout(CALL_MS))
  await means.db
    .updateTable('parts')
    .set({ draft: JSON.stringify(part.draft) })
    .where('delivery_id', '=', part.delivery_id)
    .where('position', '=', part.position)
    .execute()
  for (const warning of part.draft.warnings.slice(known))
    await warn(means.db, part.delivery_id, warning)
}

/** Where an earlier call may stand, the same post goes out again or none. */
async function lesserPart(
  means: Means,
  account: AccountRow,
  part: PartRow,
  error: PlatformError,
): Promise<PartRow | null> {
  const platform = platforms[account.platform]
  if (part.sent_at !== null && platform.replay.by !== 'again') return null
  if (error.culprit === 'uploads') return withoutUploads(means, part)
  return lessen(means, part, error, platform, limitsOf(account))
}

/** What a publishing call brought. */
interface Answered {
  syndication: Syndication
  attempt: number
  allowance: Allowance | null
}

/**
 * The remote id is stored first thing after the answer; with the last part the delivery is published. A further
 * part is a further call of the account's pace.
 */
async function keep(
  means: Means,
  { account, delivery, lease }: Claimed,
  post: FrozenPost,
  part: PartRow,
  { syndication, attempt, allowance }: Answered,
): Promise<Sent> {
  part.syndication = syndication
  const store = async (tx: Transaction<Ledger>) => {
    await keepSyndication(tx, delivery.id, part.position, syndication)
    await endAttempt({ db: tx, clock: means.clock }, attempt, 'done')
    if (allowance !== null) await noteAllowance(tx, account.id, allowance)
  }
  if (post.parts.some((other) => other.syndication === null)) {
    const now = means.clock()
    const at = await persistently(means, lease, () =>
      means.db.transaction().execute(async (tx) => {
        await store(tx)
        return takeTurn(tx, account, now)
      }),
    )
    return at > now ? at : 'on'
  }
  const published = { state: 'published', dueAt: null, error: null } as const
  const settled = await settle(means, lease, account, published, store)
  return settled ? 'on' : 'over'
}

/** What goes with a part's draft, when it is sent and again when it is edited. */
export function publicationOf(
  post: FrozenPost,
  part: PartRow,
  key: string,
  media: Publication['media'],
): Publication {
  // parts in their order wherever a platform sorts by this
  const createdAt = new Date(post.createdAt.getTime() + part.position)
  return { key, createdAt, replyTo: threadOf(post, part), media }
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
