import type { AccountRow } from '../accounts/ledger.ts'
import { asPlatformError } from '../platforms/error.ts'
import type { Connection, MediaRef, Upload } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { endAttempt, startAttempt } from './attempts.ts'
import type { PartRow } from './freeze.ts'
import { type Lease, whileRenewing } from './lease.ts'
import type { Means } from './means.ts'

/**
 * The card's picture as the platform wants it named, where we send the card ourselves: fetched, shrunk, kept,
 * uploaded once and its reference kept beside the frozen draft, so that a repeated call is the same call.
 * A picture that cannot be had costs a warning, never the post.
 */
export async function prepareThumbnail(
  means: Means,
  lease: Lease,
  account: AccountRow,
  connection: Connection,
  part: PartRow,
): Promise<MediaRef | null> {
  const cap = platforms[account.platform].thumbnail
  const image = part.draft.card?.image
  // What was sent once without a picture is repeated without one.
  if (part.thumbnail !== null || part.sent_at !== null || cap === null || !image)
    return part.thumbnail
  return whileRenewing(means.db, lease, means.clock, means.stopping, async (signal) => {
    const picture =
      (await keptPicture(means, part)) ?? (await fetchPicture(means, part, image, cap, signal))
    if (picture === null) return null
    const attempt = await startAttempt(means, part.delivery_id, part.position, 'upload')
    try {
      const ref = await connection.upload(picture, signal)
      await means.db
        .updateTable('parts')
        .set({ thumbnail: JSON.stringify(ref) })
        .where('delivery_id', '=', part.delivery_id)
        .where('position', '=', part.position)
        .execute()
      await endAttempt(means, attempt, 'done')
      return ref
    } catch (thrown) {
      const error = asPlatformError(thrown, 'unavailable')
      await endAttempt(means, attempt, error.kind, error.reason)
      // Refused for what it is: the post goes out without it. Anything else is the delivery's to wait for.
      if (error.kind !== 'rejected') throw error
      await warn(means, part, image.url)
      return null
    }
  })
}

async function keptPicture(means: Means, part: PartRow): Promise<Upload | null> {
  const row = await means.db
    .selectFrom('pictures')
    .select(['bytes', 'mime', 'width', 'height', 'alt'])
    .where('delivery_id', '=', part.delivery_id)
    .where('position', '=', part.position)
    .executeTakeFirst()
  return row ?? null
}

async function fetchPicture(
  means: Means,
  part: PartRow,
  image: { url: string; alt: string },
  cap: { bytes: number; width: number; height: number },
  signal: AbortSignal,
): Promise<Upload | null> {
  const { getThumbnail } = await import('../images/get.ts')
  try {
    const picture = await getThumbnail(image.url, { fetch: means.fetch, cap, signal })
    const upload = { ...picture, alt: image.alt }
    await means.db
      .insertInto('pictures')
      .values({
        delivery_id: part.delivery_id,
        position: part.position,
        ...upload,
        bytes: Buffer.from(upload.bytes),
      })
      .execute()
    return upload
  } catch (error) {
    if (signal.aborted) throw error
    means.log.warn('no picture for the card', {
      delivery: `d${part.delivery_id}`,
      image: image.url,
      reason: error instanceof Error ? error.message : String(error),
    })
    await warn(means, part, image.url)
    return null
  }
}

async function warn(means: Means, part: PartRow, about: string): Promise<void> {
  const { warnings } = await means.db
    .selectFrom('deliveries')
    .select('warnings')
    .where('id', '=', part.delivery_id)
    .executeTakeFirstOrThrow()
  if (warnings.some((warning) => warning.kind === 'no-thumbnail')) return
  await means.db
    .updateTable('deliveries')
    .set({ warnings: JSON.stringify([...warnings, { kind: 'no-thumbnail', about }]) })
    .where('id', '=', part.delivery_id)
    .execute()
}
