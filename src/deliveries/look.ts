import type { AccountRow } from '../accounts/ledger.ts'
import type { Connection, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { asPlatformError, PlatformError } from '../platforms/error.ts'
import { endAttempt, startAttempt } from './attempts.ts'
import type { Claimed, DeliveryRow } from './claim.ts'
import { type PartRow, partsOf } from './freeze.ts'
import { CALL_MS } from './lease.ts'
import type { Means } from './means.ts'
import { keepSyndication, notSent, type Outcome, outcomeOf, settle } from './outcome.ts'
import { replayAt } from './replay.ts'
import { backoffMs, TRY_FOR_MS } from './retry.ts'

/** The platform's clock and ours may differ: a post found may look this much older than our call. */
const CLOCK_SLACK_MS = 120_000

/**
 * After a lost answer: is the part among our own posts? Found, it is adopted; absent, it may be sent again;
 * no answer, it is looked for again later. Nothing is sent here.
 */
export async function lookForPart(
  means: Means,
  claimed: Claimed,
  connection: Connection,
): Promise<void> {
  const { account, delivery, lease } = claimed
  const parts = await partsOf(means.db, delivery.id)
  const lost = parts.find((part) => part.syndication === null && part.sent_at !== null)
  if (lost?.sent_at == null) {
    await settle(means, lease, account, { state: 'pending', dueAt: means.clock(), error: null })
    return
  }
  const attempt = await startAttempt(means, delivery.id, lost.position, 'look')
  const since = new Date(lost.sent_at.getTime() - CLOCK_SLACK_MS)
  const seen = await connection
    .find(lost.draft, since, AbortSignal.timeout(CALL_MS), lost.key)
    .catch((thrown: unknown) => asPlatformError(thrown, 'unavailable'))
  // The same article posted again on purpose looks the same: what another delivery owns is not ours.
  const found =
    isSyndication(seen) && (await isOwned(means, delivery, lost.position, seen)) ? 'absent' : seen
  const now = means.clock()
  if (found instanceof PlatformError) {
    await endAttempt(means, attempt, found.kind, found.reason)
    const outcome = outcomeOf(found, true, delivery, account, now, means.random)
    await settle(means, lease, account, {
      ...outcome,
      state: 'uncertain',
      dueAt: outcome.dueAt ?? now,
    })
  } else if (found === 'cannot look') {
    await endAttempt(means, attempt, found)
    await cannotLook(means, claimed, lost)
  } else if (found === 'absent') {
    await endAttempt(means, attempt, found)
    if (await mayBeStale(means, account, lost, lost.sent_at)) {
      const dueAt = replayAt(platforms[account.platform].replay, now)
      await settle(means, lease, account, { state: 'uncertain', dueAt, error: delivery.error })
      return
    }
    await settle(means, lease, account, afterAbsent(means, delivery, now), (tx) =>
      notSent(tx, delivery.id, lost.position),
    )
  } else {
    await endAttempt(means, attempt, 'done')
    const more = parts.some((part) => part.syndication === null && part !== lost)
    const state = more ? 'pending' : 'published'
    const dueAt = more ? now : null
    await settle(means, lease, account, { state, dueAt, error: null }, (tx) =>
      keepSyndication(tx, delivery.id, lost.position, found),
    )
  }
}

/** The platform will not show it later either: a person must say, unless the account's policy says it for them. */
async function cannotLook(
  means: Means,
  { account, delivery, lease }: Claimed,
  lost: PartRow,
): Promise<void> {
  const { uncertain } = means.connections.policy(account)
  const now = means.clock()
  if (uncertain === 'send again') {
    means.log.warn('sent again though it may stand', { delivery: `d${delivery.id}` })
    await settle(means, lease, account, afterAbsent(means, delivery, now), (tx) =>
      notSent(tx, delivery.id, lost.position),
    )
    return
  }
  const asks = { state: 'uncertain', dueAt: null, error: delivery.error } as const
  await settle(means, lease, account, asks, async (tx) => {
    if (uncertain === 'ask') return
    await tx.updateTable('deliveries').set({ left_at: now }).where('id', '=', delivery.id).execute()
  })
}

/** A page that is cached shows a post some time later: once unseen is not yet absent. */
async function mayBeStale(
  means: Means,
  { platform }: AccountRow,
  { delivery_id, position }: PartRow,
  sentAt: Date,
): Promise<boolean> {
  const { replay } = platforms[platform]
  if (replay.by !== 'look' || replay.times < 2) return false
  const { looks } = await means.db
    .selectFrom('attempts')
    .select((row) => row.fn.countAll<number>().as('looks'))
    .where('delivery_id', '=', delivery_id)
    .where('position', '=', position)
    .where('operation', '=', 'look')
    .where('outcome', '=', 'absent')
    .where('at', '>', sentAt)
    .executeTakeFirstOrThrow()
  return looks < replay.times
}

/** Not there: it may be sent again, a little later each time, and for a day at most. */
function afterAbsent(means: Means, delivery: DeliveryRow, now: Date): Outcome {
  const { error } = delivery
  if (now.getTime() - delivery.first_due_at.getTime() > TRY_FOR_MS) {
    return { state: 'failed', dueAt: null, error }
  }
  const wait = delivery.tries > 3 ? backoffMs(delivery.tries - 3, means.random) : 0
  return { state: 'pending', dueAt: new Date(now.getTime() + wait), error: null }
}

function isSyndication(seen: Syndication | PlatformError | string): seen is Syndication {
  return typeof seen === 'object' && !(seen instanceof PlatformError)
}

async function isOwned(
  means: Means,
  { id, account_id }: DeliveryRow,
  position: number,
  syndication: Syndication,
): Promise<boolean> {
  const owner = await means.db
    .selectFrom('parts')
    .innerJoin('deliveries', 'deliveries.id', 'parts.delivery_id')
    .select('parts.delivery_id')
    .where('account_id', '=', account_id)
    // another part of the same thread may read alike
    .where((row) =>
      row.or([row('parts.delivery_id', '!=', id), row('parts.position', '!=', position)]),
    )
    .where((row) => row(row.ref('syndication', '->>').key('id'), '=', syndication.id))
    .executeTakeFirst()
  return owner !== undefined
}
