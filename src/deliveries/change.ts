import { takeTurn } from '../accounts/state.ts'
import { asPlatformError } from '../platforms/error.ts'
import type { Connection, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { isTemplateError } from '../posts/error.ts'
import { endAttempt, startAttempt } from './attempts.ts'
import { changeDone, changeFailed, type ChangeEnd, changeGoesOn } from './change-outcome.ts'
import type { Claimed } from './claim.ts'
import { draftsNow, sameToReaders } from './edited.ts'
import { type PartRow, partsOf } from './freeze.ts'
import { CALL_MS, covers, renew } from './lease.ts'
import type { Means } from './means.ts'
import { keepSyndication } from './outcome.ts'
import { keptMedia } from './pictures.ts'
import { publicationOf } from './send.ts'

/** A part of which something stands. */
type Standing = PartRow & { syndication: Syndication }

/** What a change takes: the delivery, the way to its account, and whether a call of its turn was made already. */
interface Work {
  means: Means
  claimed: Claimed
  connection: Connection
  called: boolean
}

/**
 * Carries out what a published post still needs. Editing and deleting are harmless to repeat, so a crash anywhere
 * leaves the change to be done again.
 */
export async function applyChange(
  means: Means,
  claimed: Claimed,
  connection: Connection,
): Promise<void> {
  const parts = await partsOf(means.db, claimed.delivery.id)
  const work: Work = { means, claimed, connection, called: false }
  try {
    const end =
      claimed.delivery.change_kind === 'delete'
        ? await takeDown(work, parts)
        : await edit(work, parts)
    if (end instanceof Date) await changeGoesOn(means, claimed, end)
    else if (end !== 'lost') await changeDone(means, claimed, end)
  } catch (thrown) {
    const error = isTemplateError(thrown)
      ? { kind: 'template' as const, reason: thrown.message, retryAt: null }
      : asPlatformError(thrown, 'unavailable')
    await changeFailed(means, claimed, error)
  }
}

/** Last part first, so that what still stands is never without what it answers to. */
async function takeDown(work: Work, parts: readonly PartRow[]): Promise<ChangeEnd> {
  for (const part of parts.toReversed()) {
    const end = stands(part) ? await remove(work, part) : 'on'
    if (end !== 'on') return end
  }
  return 'deleted'
}

/**
 * Makes each part say what the article says now. Its pictures stay as they are. A post that says the same already
 * asks nothing of the platform; a part that stands no more, or of which there was none before, is not added.
 */
async function edit(work: Work, parts: readonly PartRow[]): Promise<ChangeEnd> {
  const { means, claimed } = work
  const { drafts, revision } = await draftsNow(means, claimed, parts)
  for (const part of parts) {
    if (!stands(part)) continue
    const draft = drafts[part.position]
    const end = draft === undefined ? await remove(work, part) : await say(work, parts, part, draft)
    if (end !== 'on') return end
  }
  // readers, or somebody at the account, took down the last of it
  return parts.some(stands) ? { revision } : 'deleted'
}

async function say(
  work: Work,
  parts: readonly PartRow[],
  part: Standing,
  written: PartRow['draft'],
): Promise<'on' | 'lost' | Date> {
  const { means, claimed, connection } = work
  const { delivery, account } = claimed
  if (sameToReaders(written, part.draft)) return 'on'
  const draft = written.facets.some(({ kind }) => kind === 'mention')
    ? await connection.resolve(written, AbortSignal.timeout(CALL_MS))
    : written
  if (sameToReaders(draft, part.draft)) return 'on'
  const media = await keptMedia(means, part, platforms[account.platform])
  const post = { createdAt: delivery.frozen_at ?? delivery.created_at, parts: [...parts] }
  const publication = publicationOf(post, part, part.key, media)
  const edited = await call(work, part, 'edit', (signal) =>
    connection.edit(part.syndication, draft, publication, signal),
  )
  if (edited === 'lost' || edited instanceof Date) return edited
  if (edited === 'gone') return markRemoved(means, part)
  part.syndication = edited
  await means.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('parts')
      .set({ draft: JSON.stringify(draft) })
      .where('delivery_id', '=', part.delivery_id)
      .where('position', '=', part.position)
      .execute()
    await keepSyndication(tx, part.delivery_id, part.position, edited)
  })
  return 'on'
}

async function remove(work: Work, part: Standing): Promise<'on' | 'lost' | Date> {
  const done = await call<'gone'>(work, part, 'delete', async (signal) => {
    await work.connection.remove(part.syndication, signal)
    return 'gone'
  })
  return done === 'gone' ? markRemoved(work.means, part) : done
}

async function markRemoved({ db, clock }: Means, part: PartRow): Promise<'on'> {
  part.removed_at = clock()
  await db
    .updateTable('parts')
    .set({ removed_at: part.removed_at })
    .where('delivery_id', '=', part.delivery_id)
    .where('position', '=', part.position)
    .execute()
  return 'on'
}

/**
 * One call for one part, as an attempt and by the account's pace: a moment where the rest waits for it. `gone`: it
 * stands no more. `lost` where somebody else holds the delivery by now. Throws `PlatformError`.
 */
async function call<T>(
  work: Work,
  part: PartRow,
  operation: 'edit' | 'delete',
  doIt: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'gone' | 'lost' | Date> {
  const { means, claimed } = work
  const { account, delivery, lease } = claimed
  if (work.called) {
    const now = means.clock()
    const turn = await means.db.transaction().execute((tx) => takeTurn(tx, account, now))
    if (turn > now) return turn
  }
  if (!covers(lease, CALL_MS, means.clock) && !(await renew(means.db, lease, means.clock)))
    return 'lost'
  work.called = true
  const attempt = await startAttempt(means, delivery.id, part.position, operation)
  try {
    const result = await doIt(AbortSignal.timeout(CALL_MS))
    await endAttempt(means, attempt, 'done')
    return result
  } catch (thrown) {
    const error = asPlatformError(thrown, 'unavailable')
    await endAttempt(means, attempt, error.kind, error.reason)
    if (error.gone) return 'gone'
    throw error
  }
}

function stands(part: PartRow): part is Standing {
  return part.syndication !== null && part.removed_at === null
}
