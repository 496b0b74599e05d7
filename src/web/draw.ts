import type { PlatformId } from '../platforms/platform.ts'
import type { Draft, Facet } from '../posts/post.ts'

/** Plain text, or a facet with the runs it holds. */
export type Run = string | { facet: Facet; runs: Run[] }

/**
 * A draft's text as a tree of runs, in reading order; the runs' texts joined are the draft's text. Facets that
 * overlap are cut so that they nest; one that no reader would see (empty, past the end, cutting a character)
 * is left out, and so is a link within a link.
 */
export function draw(
  { text, facets }: Pick<Draft, 'text' | 'facets'>,
  platform: PlatformId,
): Run[] {
  const place = platform === 'bluesky' ? bytePlaces(text) : unitPlaces(text)
  const placed = facets.flatMap((facet) => {
    const [start, end] = [place(facet.start), place(facet.end)]
    return start === null || end === null || start >= end ? [] : [{ ...facet, start, end }]
  })
  return nest(text, placed.toSorted(outermostFirst), 0, text.length)
}

/** Whether a facet leads somewhere: a hashtag or a link. */
function isTarget({ kind }: Facet): boolean {
  return kind === 'link' || kind === 'hashtag'
}

function outermostFirst(one: Facet, other: Facet): number {
  return one.start - other.start || other.end - one.end
}

function nest(text: string, facets: readonly Facet[], from: number, to: number): Run[] {
  const runs: Run[] = []
  let at = from
  let rest = facets
  for (;;) {
    const [facet, ...others] = rest
    if (facet === undefined) break
    if (facet.start > at) runs.push(text.slice(at, facet.start))
    const { start, end } = facet
    const touching = others.filter(
      (other) => other.start < end && !(isTarget(facet) && isTarget(other)),
    )
    const within = touching.map((other) => ({ ...other, end: Math.min(other.end, end) }))
    const over = touching.filter((other) => other.end > end)
    runs.push({ facet, runs: nest(text, within, start, end) })
    at = end
    rest = [
      ...over.map((other) => ({ ...other, start: end })),
      ...others.filter((other) => other.start >= end),
    ].toSorted(outermostFirst)
  }
  if (at < to) runs.push(text.slice(at, to))
  return runs
}

/** UTF-16 units are our own indices; null past the end and within a pair of surrogates. */
function unitPlaces(text: string): (offset: number) => number | null {
  return (offset) => {
    if (!Number.isInteger(offset) || offset < 0 || offset > text.length) return null
    const splits = offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff
    return splits ? null : offset
  }
}

/** From bytes of UTF-8 to indices of the text; null past the end and within a character. */
function bytePlaces(text: string): (offset: number) => number | null {
  const places = new Map<number, number>()
  let byte = 0
  let index = 0
  for (const character of text) {
    places.set(byte, index)
    byte += Buffer.byteLength(character)
    index += character.length
  }
  places.set(byte, index)
  return (offset) => places.get(offset) ?? null
}
