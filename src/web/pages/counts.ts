import { html } from 'hono/html'
import { tellCount } from '../../locale/counts.ts'
import type { Words } from '../../locale/words.ts'
import type { Markup } from '../markup.ts'

/** What readers do, in the order of the columns. */
export const kinds = ['likes', 'reposts', 'replies', 'quotes', 'views'] as const

/** The heads of the columns of counts. */
export function countHeads({ engagement }: Words): Markup[] {
  return kinds.map((kind) => html`<th scope="col">${engagement.kinds[kind]}</th> `)
}

/** A cell for each: «–» where it cannot be known, «≈» where it is rounded. On a phone each bears its name. */
export function countCells(words: Words, counts: Parameters<typeof tellCount>[1]): Markup[] {
  return kinds.map(
    (kind) =>
      html`<td
        data-label="${words.engagement.kinds[kind]}"
        class="${counts[kind] === null ? 'unknown' : 'known'}"
      >
        ${tellCount(words, counts, kind)}
      </td> `,
  )
}
