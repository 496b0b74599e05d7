import { asPlatformError, PlatformError } from '../platforms/error.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { isTemplateError } from '../posts/error.ts'
import { stackOf } from '../reason.ts'
import { applyChange } from './change.ts'
import { changeFailed, letGoOfChange } from './change-outcome.ts'
import { claim, type Claimed } from './claim.ts'
import { freeze, type FrozenPost, type PartRow } from './freeze.ts'
import { lookForPart } from './look.ts'
import type { Means } from './means.ts'
import { notSent, outcomeOf, settle } from './outcome.ts'
import { reach } from './reach.ts'
import { waitsForPage } from './ready.ts'
import { sendPart } from './send.ts'

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
    const claimed = await claim(means.db, account, means.clock(), means.newToken())
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
    if (claimed.work === 'change') {
      await applyChange(means, claimed, reached.connection)
      return account.id
    }
    const post = await freeze(means, lease, reached.account, delivery)
    if (post === null) return account.id
    const wait = await waitsForPage(means, claimed, post)
    if (wait !== null) {
      await waitFor(means, claimed, post, wait)
      return account.id
    }
    for (const part of post.parts) {
      if (part.syndication !== null) continue
      calling = part
      const sent = await sendPart(means, claimed, reached.connection, post, part)
      if (sent instanceof Date) await waitFor(means, claimed, post, sent)
      if (sent !== 'on') break
    }
  } catch (thrown) {
    if (claimed.work === 'change') await failChange(means, claimed, thrown)
    else await fail(means, claimed, thrown, calling)
  }
  return account.id
}

/** What is left of the post goes out later: a picture may be there then, or the pace allows the next part. */
async function waitFor(
  means: Means,
  { account, lease }: Claimed,
  { parts }: FrozenPost,
  dueAt: Date,
): Promise<void> {
  const begun = parts.some(({ syndication }) => syndication !== null)
  const tried = begun ? ({ progress: true } as const) : ({ untried: true } as const)
  await settle(means, lease, account, { state: 'pending', dueAt, error: null, ...tried })
}

/**
 * The name leads to another account by now: a delivery that `identify` did not move waits for the one it was
 * meant for, as if it had not been tried.
 */
async function release(means: Means, claimed: Claimed): Promise<void> {
  const { account, delivery, lease, work: kind } = claimed
  if (kind === 'change') {
    await letGoOfChange(means, claimed)
    return
  }
  const state = (await mayStand(means, delivery.id)) ? 'uncertain' : 'pending'
  const outcome = { state, dueAt: delivery.due_at, error: delivery.error, untried: true } as const
  await settle(means, lease, account, outcome)
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
  if (means.stopping.aborted && error.kind === 'unavailable' && !sentBefore) {
    // Broken off because the program stops: the next start goes on at once, as if nothing had been tried.
    const outcome = { state: 'pending', dueAt: now, error: null, untried: true } as const
    await settle(means, lease, account, outcome, async (tx) => {
      if (part !== null) await notSent(tx, delivery.id, part.position)
    })
    return
  }
  if (!(thrown instanceof PlatformError)) {
    means.log.error('publishing failed in the program itself', {
      delivery: `d${delivery.id}`,
      error: stackOf(thrown),
    })
  }
  if (error.kind === 'unauthorized') await means.connections.forget(account.id)
  const outcome = outcomeOf(error, sentBefore, delivery, account, now, means.random)
  await settle(means, lease, account, outcome, async (tx) => {
    if (part === null || sentBefore || error.kind === 'uncertain') return
    await notSent(tx, delivery.id, part.position)
  })
}

/** The way to the platform failed before anything was changed. */
async function failChange(means: Means, claimed: Claimed, thrown: unknown): Promise<void> {
  if (!(thrown instanceof PlatformError)) {
    means.log.error('a change failed in the program itself', {
      delivery: `d${claimed.delivery.id}`,
      error: stackOf(thrown),
    })
  }
  await changeFailed(means, claimed, asPlatformError(thrown, 'unavailable'))
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
