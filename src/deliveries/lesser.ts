import type { PlatformError } from '../platforms/error.ts'
import type { Limits } from '../platforms/platform.ts'
import type { RegisteredPlatform } from '../platforms/registry.ts'
import type { Draft, Warning } from '../posts/post.ts'
import type { PartRow } from './freeze.ts'
import type { Means } from './means.ts'
import { notSent } from './outcome.ts'
import { lostWarning } from './wanted.ts'
import { warn, warnLost } from './warn.ts'

/**
 * Where the platform refused a part for its pictures or its formatting alone, the part is kept without these, and
 * a warning says so. The part as it is now; null where nothing can be left out.
 */
export async function lessen(
  means: Means,
  part: PartRow,
  error: PlatformError,
  platform: Pick<RegisteredPlatform, 'measure'>,
  limits: Limits,
): Promise<PartRow | null> {
  const lesser =
    error.kind === 'rejected' ? lesserOf(part.draft, error.culprit, platform, limits) : null
  if (lesser === null) return null
  const { delivery_id, position } = part
  await means.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('parts')
      .set({ draft: JSON.stringify(lesser.draft) })
      .where('delivery_id', '=', delivery_id)
      .where('position', '=', position)
      .execute()
    await notSent(tx, delivery_id, position)
    if (error.culprit === 'pictures') {
      await tx
        .deleteFrom('pictures')
        .where('delivery_id', '=', delivery_id)
        .where('position', '=', position)
        .execute()
      await warnLost(tx, delivery_id, lesser.warning)
    } else await warn(tx, delivery_id, lesser.warning)
  })
  return { ...part, draft: lesser.draft, sent_at: null }
}

/**
 * Where the platform knows the uploads of a part no more, they are made again from the same bytes. Null where there
 * is nothing to upload, or they were made a moment ago.
 */
export async function withoutUploads(means: Means, part: PartRow): Promise<PartRow | null> {
  const { delivery_id, position } = part
  return means.db.transaction().execute(async (tx) => {
    const forgotten = await tx
      .updateTable('pictures')
      .set({ ref: null, again: true })
      .where('delivery_id', '=', delivery_id)
      .where('position', '=', position)
      .where('ref', 'is not', null)
      .where('bytes', 'is not', null)
      .where('again', '=', false)
      .executeTakeFirst()
    if (forgotten.numUpdatedRows === 0n) return null
    await notSent(tx, delivery_id, position)
    return { ...part, sent_at: null }
  })
}

/** The draft without what it was refused for, and how that is said; null where it has none of it. */
function lesserOf(
  draft: Draft,
  culprit: PlatformError['culprit'],
  { measure }: Pick<RegisteredPlatform, 'measure'>,
  limits: Limits,
): { draft: Draft; warning: Warning } | null {
  if (culprit === 'pictures') {
    const [first] = draft.images
    if (first === undefined && !draft.card?.image) return null
    const card = draft.card && { ...draft.card, image: null }
    const url = first?.url ?? draft.card?.image?.url ?? ''
    const warning = lostWarning({ of: first === undefined ? 'card' : 'post', url })
    return { draft: { ...draft, images: [], card }, warning }
  }
  if (culprit !== 'formatting' || draft.facets.length === 0) return null
  const text = withAddresses(draft)
  const cost = measure(text, limits, draft.manner.contentWarning)
  const plain = cost.fits ? { ...draft, text, count: cost.count } : draft
  return { draft: { ...plain, facets: [] }, warning: { kind: 'plain' } }
}

/** Where links lead that the words do not say, written beneath them. */
function withAddresses({ text, facets }: Draft): string {
  const addresses = facets.flatMap(({ kind, value }) =>
    kind === 'link' && value !== undefined && !text.includes(value) ? [value] : [],
  )
  return [text, ...new Set(addresses)].join('\n')
}
