import type { Selectable } from 'kysely'
import { asPlatformError } from '../platforms/error.ts'
import type { Connection, Upload, Uploaded } from '../platforms/platform.ts'
import { platforms, type RegisteredPlatform } from '../platforms/registry.ts'
import { reasonOf } from '../reason.ts'
import type { PicturesTable } from '../store/schema.ts'
import { endAttempt, startAttempt } from './attempts.ts'
import type { Claimed } from './claim.ts'
import type { PartRow } from './freeze.ts'
import { whileRenewing } from './lease.ts'
import type { Means } from './means.ts'
import { type Wanted, lostWarning, wantedOf } from './wanted.ts'
import { warn, warnLost } from './warn.ts'

type Media = Uploaded | Upload
type PictureRow = Selectable<PicturesTable>

/** A picture that its site does not serve yet is waited for so long after the post first could go. */
const PATIENCE_MS = 45_000
const AGAIN_MS = 10_000
/** A platform that takes no pictures for so long gets the post without them; processing one is waited for so long. */
const GIVE_UP_MS = 10 * 60_000
const PROCESSING_MS = 30_000

/**
 * A part's pictures as the platform wants them: fetched, made small and kept, and where an upload is a call of its
 * own uploaded once, so that a repeated call is the same call. What cannot be had costs a warning, never the post;
 * what may be there in a moment is waited for: then the moment to try again.
 */
export async function preparePictures(
  means: Means,
  claimed: Claimed,
  connection: Connection,
  part: PartRow,
): Promise<Media[] | Date> {
  const platform = platforms[claimed.account.platform]
  const wanted = wantedOf(part.draft, platform)
  if (wanted.length === 0) return []
  const kept = await keptPictures(means, part)
  // What was sent once without a picture is repeated without it.
  if (part.sent_at !== null) return kept.flatMap((row) => mediaOf(row, platform))
  const { lease } = claimed
  return whileRenewing(means.db, lease, means.clock, means.stopping, async (signal) => {
    const rows = await Promise.all(
      wanted.map(
        async (image, number) =>
          kept.find((one) => one.number === number) ??
          fetchPicture(means, claimed, part, { number, image }, signal),
      ),
    )
    const media: Media[] = []
    for (const [number, row] of rows.entries()) {
      const image = wanted[number]
      if (row instanceof Date) return row
      if (row === null || image === undefined) continue
      const ready = await uploaded(means, claimed, connection, row, image, signal)
      if (ready) media.push(...mediaOf(ready, platform))
    }
    return media
  })
}

function keptPictures(means: Pick<Means, 'db'>, part: PartRow): Promise<PictureRow[]> {
  return means.db
    .selectFrom('pictures')
    .selectAll()
    .where('delivery_id', '=', part.delivery_id)
    .where('position', '=', part.position)
    .orderBy('number')
    .execute()
}

function mediaOf(
  { ref, bytes, mime, width, height, alt }: PictureRow,
  { pictures }: Pick<RegisteredPlatform, 'pictures'>,
): Media[] {
  if (pictures.uploads) return ref === null ? [] : [{ ref, width, height, alt }]
  return bytes === null ? [] : [{ bytes, mime, width, height, alt }]
}

/** The pictures of a part as they were sent, for an edit that must name them again. */
export async function keptMedia(
  means: Pick<Means, 'db'>,
  part: PartRow,
  platform: Pick<RegisteredPlatform, 'pictures'>,
): Promise<Media[]> {
  return (await keptPictures(means, part)).flatMap((row) => mediaOf(row, platform))
}

/** Null where it cannot be had; a moment where it may be had then. */
async function fetchPicture(
  means: Means,
  { delivery }: Claimed,
  part: PartRow,
  { number, image }: { number: number; image: Wanted },
  signal: AbortSignal,
): Promise<PictureRow | Date | null> {
  const [{ getPicture }, { isFleeting }] = await Promise.all([
    import('../images/get.ts'),
    import('../images/fleeting.ts'),
  ])
  try {
    const picture = await getPicture(image.url, { fetch: means.fetch, cap: image.cap, signal })
    if (picture.still)
      await warn(means.db, delivery.id, { kind: 'still-picture', about: image.url })
    return await means.db
      .insertInto('pictures')
      .values({
        delivery_id: delivery.id,
        position: part.position,
        number,
        bytes: Buffer.from(picture.bytes),
        mime: picture.mime,
        width: picture.width,
        height: picture.height,
        alt: image.alt ?? '',
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  } catch (error) {
    if (signal.aborted) throw error
    const now = means.clock().getTime()
    if (isFleeting(error) && now - delivery.first_due_at.getTime() < PATIENCE_MS) {
      return new Date(now + AGAIN_MS)
    }
    means.log.warn('a picture cannot be used', {
      delivery: `d${delivery.id}`,
      image: image.url,
      reason: reasonOf(error),
    })
    await warnLost(means.db, delivery.id, lostWarning(image))
    return null
  }
}

/** The picture with its reference, where it has to be uploaded; null where the platform does not take it. */
async function uploaded(
  means: Means,
  claimed: Claimed,
  connection: Connection,
  row: PictureRow,
  image: Wanted,
  signal: AbortSignal,
): Promise<PictureRow | null> {
  if (!platforms[claimed.account.platform].pictures.uploads) return row
  const { delivery_id, position, number, bytes, ...about } = row
  const attempt =
    row.ref === null ? await startAttempt(means, delivery_id, position, 'upload') : null
  try {
    const ref = row.ref ?? (bytes && (await connection.upload({ bytes, ...about }, signal)))
    if (ref === null) throw new Error('an upload without bytes')
    if (row.ref === null) await keepRef(means, row, ref)
    await connection.processed(ref, AbortSignal.any([signal, AbortSignal.timeout(PROCESSING_MS)]))
    if (attempt !== null) await endAttempt(means, attempt, 'done')
    return { ...row, ref }
  } catch (thrown) {
    const error = asPlatformError(thrown, 'unavailable')
    if (attempt !== null) await endAttempt(means, attempt, error.kind, error.reason)
    // Stopped, or the lease is lost: nothing is said of the picture.
    if (signal.aborted) throw error
    if (row.ref !== null && bytes !== null && error.kind === 'rejected') {
      // An upload that lay about too long is known no more: the same bytes again.
      await keepRef(means, row, null)
      return uploaded(means, claimed, connection, { ...row, ref: null }, image, signal)
    }
    const waited = means.clock().getTime() - claimed.delivery.first_due_at.getTime()
    // Refused for what it is, or not to be had for long: the post goes out without it.
    const over = error.kind === 'unavailable' && waited > GIVE_UP_MS
    if (error.kind !== 'rejected' && !over) throw error
    await means.db
      .deleteFrom('pictures')
      .where('delivery_id', '=', delivery_id)
      .where('position', '=', position)
      .where('number', '=', number)
      .execute()
    await warnLost(means.db, delivery_id, lostWarning(image))
    return null
  }
}

async function keepRef(
  means: Means,
  { delivery_id, position, number }: PictureRow,
  ref: Uploaded['ref'] | null,
): Promise<void> {
  await means.db
    .updateTable('pictures')
    .set({ ref: ref === null ? null : JSON.stringify(ref) })
    .where('delivery_id', '=', delivery_id)
    .where('position', '=', position)
    .where('number', '=', number)
    .execute()
}
