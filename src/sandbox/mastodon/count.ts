import { piecesOf } from './pieces.ts'

/** Whatever a link's length, it costs this (`characters_reserved_per_url`). */
export const LINK_COST = 23

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * What a status costs: graphemes, with links at 23 and the hosts of mentions left out; the warning counts as
 * written (M app/validators/status_length_validator.rb).
 */
export function countOf(text: string, warning: string): number {
  const counted = piecesOf(text).map((piece) => {
    if (piece.kind === 'link') return 'x'.repeat(LINK_COST)
    return piece.kind === 'mention' ? `@${piece.user}` : piece.text
  })
  return [...graphemes.segment(warning + counted.join(''))].length
}

/** White space of ASCII goes at both ends (M app/models/status.rb). */
export function stripped(text: string): string {
  return text.replace(/^[\0\t\n\v\f\r ]+|[\0\t\n\v\f\r ]+$/g, '')
}
