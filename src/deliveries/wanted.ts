import type { PictureCap } from '../platforms/platform.ts'
import type { RegisteredPlatform } from '../platforms/registry.ts'
import type { Draft, Image, Warning } from '../posts/post.ts'

/** A picture that goes with a draft: one of the post's own, or its card's. */
export interface Wanted extends Image {
  of: 'post' | 'card'
  cap: PictureCap
}

/** The draft's images, or the picture of a card that we send ourselves; each with the most it may be. */
export function wantedOf(
  { images, card }: Pick<Draft, 'images' | 'card'>,
  { pictures }: Pick<RegisteredPlatform, 'pictures'>,
): Wanted[] {
  if (images.length > 0) {
    return images.map((image) => ({ ...image, of: 'post', cap: pictures.image }))
  }
  if (!card?.image || pictures.card === null) return []
  return [{ ...card.image, of: 'card', cap: pictures.card }]
}

/** What a person is told where a picture cannot be had. */
export function lostWarning({ of, url }: Pick<Wanted, 'of' | 'url'>): Warning {
  return { kind: of === 'card' ? 'no-thumbnail' : 'no-picture', about: url }
}

/**
 * The draft as it goes out once pictures were lost: without them. Where none is left the card takes their place,
 * and has no picture where we would have had to send that.
 */
export function withoutLost<D extends Pick<Draft, 'images' | 'card'>>(
  draft: D,
  warnings: readonly Warning[],
  { pictures }: Pick<RegisteredPlatform, 'pictures'>,
): D {
  const lost = new Set(
    warnings.flatMap(({ kind, about }) => (kind === 'no-picture' && about ? about : [])),
  )
  const images = draft.images.filter(({ url }) => !lost.has(url))
  const bare =
    pictures.card !== null &&
    (warnings.some(({ kind }) => kind === 'no-thumbnail') ||
      (images.length === 0 && draft.images.length > 0))
  const card = draft.card && bare ? { ...draft.card, image: null } : draft.card
  return { ...draft, images, card }
}
