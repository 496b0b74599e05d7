import { withEllipsis } from './ending.ts'
import type { Segment } from '../post.ts'
import { tidy } from './tidy.ts'

/** The elastic pieces that share a number, as one text: pieces that do not touch are a line apart. */
export function streamOf(segments: readonly Segment[], order: number) {
  let text = ''
  let before = -1
  const starts = new Map<number, number>()
  segments.forEach((segment, at) => {
    if (segment.fit !== order) return
    if (before !== -1 && before !== at - 1) text += '\n'
    starts.set(at, text.length)
    text += segment.text
    before = at
  })
  return { text, starts }
}

/** Whether a piece stays whole or goes. */
export function isAtom({ link, hashtag, mention }: Segment): boolean {
  return link !== undefined || hashtag !== undefined || mention !== undefined
}

/** Keeps `most` units of a stream, with «…» where it ends now. A link, hashtag or mention stays whole or goes. */
export function cutStream(segments: readonly Segment[], order: number, most: number): Segment[] {
  const { text, starts } = streamOf(segments, order)
  if (most >= text.length) return tidy(segments)
  const kept = segments.map((segment, at) => {
    const start = starts.get(at)
    if (start === undefined) return { ...segment }
    const left = segment.text.slice(0, Math.max(0, most - start))
    return { ...segment, text: isAtom(segment) && left !== segment.text ? '' : left }
  })
  for (const at of [...starts.keys()].toReversed()) {
    const piece = kept[at]
    if (!piece || piece.text === '') continue
    if (piece.hashtag !== undefined) break
    if (isAtom(piece)) {
      const { link: _, mention: _name, ...plain } = piece
      kept.splice(at + 1, 0, { ...plain, text: '…' })
      break
    }
    piece.text = withEllipsis(piece.text)
    if (piece.text !== '') break
  }
  return tidy(kept)
}

/**
 * An elastic piece without the white space around it, which is the fixed part's: what is shortened or left out
 * must not pull its neighbours together.
 */
export function apart(segment: Segment, at: number, all: readonly Segment[]): Segment[] {
  const { fit: elastic, ...fixed } = segment
  if (elastic === undefined || segment.text === '') return [segment]
  const before = all[at - 1]?.fit === elastic ? 0 : segment.text.search(/[^ \t\n]|$/)
  let after = segment.text.length
  if (all[at + 1]?.fit !== elastic) {
    while (after > before && /[ \t\n]/.test(segment.text[after - 1] ?? '')) after--
  }
  return [
    { ...fixed, text: segment.text.slice(0, before) },
    { ...segment, text: segment.text.slice(before, after) },
    { ...fixed, text: segment.text.slice(after) },
  ].filter((piece, place) => place === 1 || piece.text !== '')
}
