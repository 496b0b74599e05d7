import type { Transaction } from 'kysely'
import { limitsOf } from '../accounts/limits.ts'
import { asPlatformError } from '../platforms/error.ts'
import type { Connection } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { Draft } from '../posts/post.ts'
import type { Ledger } from '../store/schema.ts'
import { endAttempt, startAttempt } from './attempts.ts'
import type { Claimed } from './claim.ts'
import { writeDrafts } from './draft.ts'
import { type PartRow, partsOf } from './freeze.ts'
import { CALL_MS, covers, renew } from './lease.ts'
import type { Means } from './means.ts'
import { keepSyndication } from './outcome.ts'
import { keptMedia } from './pictures.ts'
import { changeDone, changeFailed, type ChangeEnd, foundGoneBy } from './change-outcome.ts'
import { publicationOf } from './send.ts'

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
  try {
    const end =
      claimed.delivery.change_kind === 'delete'
        ? await takeDown(means, claimed, connection, parts)
        : await edit(means, claimed, connection, parts)
    if (end !== 'lost') await changeDone(means, claimed, end)
  } catch (thrown) {
    const error = asPlatformError(thrown, 'unavailable')
    if (error.gone) await foundGoneBy(means, claimed)
    else await changeFailed(means, claimed, error)
  }
}

/** Last part first, so that what still stands is never without what it answers to. */
async function takeDown(
  means: Means,
  claimed: Claimed,
  connection: Connection,
  parts: readonly PartRow[],
): Promise<ChangeEnd> {
  for (const part of parts.toReversed()) {
    const { syndication } = part
    if (syndication === null) continue
    const done = await call(means, claimed, part, 'delete', (signal) =>
      connection.remove(syndication, signal),
    )
    if (done === 'lost') return 'lost'
  }
  return 'deleted'
}

/**
 * Makes each part say what the article says now. Its pictures stay as they are. A post that says the same already
 * asks nothing of the platform; a part there was none of before is not added.
 */
async function edit(
  means: Means,
  claimed: Claimed,
  connection: Connection,
  parts: readonly PartRow[],
): Promise<ChangeEnd> {
  const { account, delivery } = claimed
  const { article, revision } = await means.db
    .selectFrom('articles')
    .select(['article', 'revision'])
    .where('id', '=', delivery.article_id)
    .executeTakeFirstOrThrow()
  if (article === null) throw new Error(`a${delivery.article_id} was announced but never read`)
  const platform = platforms[account.platform]
  const limits = limitsOf(account)
  // what stands beside a picture is edited as its caption
  const room =
    parts[0]?.syndication?.caption === true
      ? { ...limits, text: limits.caption ?? limits.text }
      : limits
  const drafts = await writeDrafts(article, platform, room, means.templates[account.platform])
  for (const part of parts) {
    const { syndication } = part
    const written = drafts[part.position]
    if (syndication === null) continue
    if (written === undefined) {
      const gone = await call(means, claimed, part, 'delete', (signal) =>
        connection.remove(syndication, signal),
      )
      if (gone === 'lost') return 'lost'
      continue
    }
    const draft = keepingPictures(written, part.draft)
    if (sameToReaders(draft, part.draft)) continue
    const media = await keptMedia(means, part, platform)
    const publication = publicationOf(
      { createdAt: delivery.frozen_at ?? delivery.created_at, parts: [...parts] },
      part,
      part.key,
      media,
    )
    const edited = await call(means, claimed, part, 'edit', (signal) =>
      connection.edit(syndication, draft, publication, signal),
    )
    if (edited === 'lost') return 'lost'
    part.syndication = edited
    part.draft = draft
    await means.db.transaction().execute((tx) => keepEdited(tx, part))
  }
  return { revision }
}

/** One call for one part, as an attempt. `lost` where somebody else holds the delivery by now. */
async function call<T>(
  means: Means,
  { delivery, lease }: Claimed,
  part: PartRow,
  operation: 'edit' | 'delete',
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'lost'> {
  if (!covers(lease, CALL_MS, means.clock) && !(await renew(means.db, lease, means.clock)))
    return 'lost'
  const attempt = await startAttempt(means, delivery.id, part.position, operation)
  try {
    const result = await work(AbortSignal.timeout(CALL_MS))
    await endAttempt(means, attempt, 'done')
    return result
  } catch (thrown) {
    const error = asPlatformError(thrown, 'unavailable')
    await endAttempt(means, attempt, error.kind, error.reason)
    throw error
  }
}

async function keepEdited(tx: Transaction<Ledger>, part: PartRow): Promise<void> {
  const { delivery_id, position, draft, syndication } = part
  await tx
    .updateTable('parts')
    .set({ draft: JSON.stringify(draft) })
    .where('delivery_id', '=', delivery_id)
    .where('position', '=', position)
    .execute()
  if (syndication !== null) await keepSyndication(tx, delivery_id, position, syndication)
}

function keepingPictures(draft: Draft, before: Draft): Draft {
  return {
    ...draft,
    images: before.images,
    card: before.images.length > 0 ? before.card : draft.card,
  }
}

/** Whether readers would see any difference: an article saved without a visible change asks for nothing. */
function sameToReaders(one: Draft, other: Draft): boolean {
  const seen = ({ text, facets, card, manner, language }: Draft) =>
    JSON.stringify([
      text,
      facets.map(({ kind, start, end, value }) => [
        kind,
        start,
        end,
        kind === 'mention' ? '' : value,
      ]),
      card && [card.url, card.title, card.description, card.above],
      manner.contentWarning,
      language,
    ])
  return seen(one) === seen(other)
}
