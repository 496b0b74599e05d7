import type { AccountRow } from '../accounts/ledger.ts'
import { PlatformError } from '../platforms/error.ts'
import type { Connection, PlatformId, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { reasonOf } from '../reason.ts'
import { endAttempt, markSent } from './attempts.ts'
import { type Claim, claim, type DeliveryRow } from './claim.ts'
import { freeze, type FrozenPost, type PartRow } from './freeze.ts'
import { CALL_MS, covers, type Lease, renew } from './lease.ts'
import { lookForPart } from './look.ts'
import type { Means } from './means.ts'
import { keepSyndication, outcomeOf, persistently, settle } from './outcome.ts'
import { reach } from './reach.ts'
import { prepareThumbnail } from './thumbnail.ts'

/** A platform that forgets keys after an hour is given a new one some minutes before. */
const KEY_LASTS_MS = 55 * 60_000

const SLOW = 'the database took too long'

type Claimed = Extract<Claim, { kind: 'claimed' }>

/** When an account is to be looked at again. */
export interface NextLook {
  account: number
  platform: PlatformId
  at: Date
}

/**
 * Publishes what is due on one account, one delivery after the other, until nothing is, the pace is spent or
 * the program stops. Answers when to look again; null where only a wake goes on.
 */
export async function publishDue(means: Means, accountId: number): Promise<NextLook | null> {
  let account = accountId
  while (!means.stopping.aborted) {
    const claimed = await claim(means.db, means.schema, account, means.clock(), means.newToken())
    if (claimed.kind === 'idle') return claimed.next
    account = await work(means, claimed)
  }
  return null
}

/** Works on one claimed delivery and settles it, whatever happens. Answers the account to go on with. */
async function work(means: Means, claimed: Claimed): Promise<number> {
  const { account, delivery, lease } = claimed
  let calling: PartRow | null = null
  try {
    const reached = await reach(means, account)
    if (reached.account.id !== account.id) {
      await release(means, claimed)
      return reached.account.id
    }
    if (claimed.work === 'look') {
      await lookForPart(means, claimed, reached.connection)
      return account.id
    }
    const post = await freeze(means, lease, reached.account, delivery)
    if (post === null) return account.id
    for (const part of post.parts) {
      if (part.syndication !== null) continue
      calling = part
      const sent = await sendPart(means, claimed, reached.connection, post, part)
      if (!sent) break
    }
  } catch (thrown) {
    await fail(means, claimed, thrown, calling)
  }
  return account.id
}

/**
 * The name leads to another account by now: a delivery that `identify` did not move waits for the one it was
 * meant for, as if it had not been tried.
 */
async function release(means: Means, { account, delivery, lease }: Claimed): Promise<void> {
  const state = (await mayStand(means, delivery.id)) ? 'uncertain' : 'pending'
  const outcome = { state, dueAt: delivery.due_at, error: delivery.error, untried: true } as const
  await settle(means, lease, account, outcome)
}

/** One part, one call. False where the lease was lost: somebody else goes on. */
async function sendPart(
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

async function fail(
  means: Means,
  { account, delivery, lease }: Claimed,
  thrown: unknown,
  part: PartRow | null,
): Promise<void> {
  const sentBefore = part === null ? await mayStand(means, delivery.id) : part.sent_at !== null
  const now = means.clock()
  if (isTemplateError(thrown)) {
    const error = { kind: 'template' as const, reason: thrown.message }
    await settle(means, lease, account, { state: 'failed', dueAt: null, error })
    return
  }
  const error = asPlatformError(thrown, 'unavailable')
  if (!(thrown instanceof PlatformError)) {
    means.log.error('publishing failed in the program itself', {
      delivery: `d${delivery.id}`,
      error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    })
  }
  if (error.kind === 'unauthorized') await means.connections.forget(account.id)
  const outcome = outcomeOf(error, sentBefore, delivery, account, now, means.random)
  await settle(means, lease, account, outcome, async (tx) => {
    if (part === null || sentBefore || error.kind === 'uncertain') return
    await tx
      .updateTable('parts')
      .set({ sent_at: null })
      .where('delivery_id', '=', delivery.id)
      .where('position', '=', part.position)
      .execute()
  })
}

/** Whether an earlier call for this delivery was never answered. */
async function mayStand(means: Means, delivery: number): Promise<boolean> {
  const lost = await means.db
    .selectFrom('parts')
    .select('position')
    .where('delivery_id', '=', delivery)
    .where('sent_at', 'is not', null)
    .where('syndication', 'is', null)
    .executeTakeFirst()
  return lost !== undefined
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

/** What is not the platform's own answer, rebuilt: the words of a bug stay in the log. */
function asPlatformError(thrown: unknown, kind: 'uncertain' | 'unavailable'): PlatformError {
  if (thrown instanceof PlatformError) return thrown
  return new PlatformError(
    kind,
    `internal error (${thrown instanceof Error ? thrown.name : 'unknown'})`,
  )
}

function isTemplateError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && thrown.name === 'TemplateError'
}
