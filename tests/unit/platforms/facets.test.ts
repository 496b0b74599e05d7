import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { render } from '../../../src/platforms/bluesky/render.ts'
import { ordinary } from '../../../src/posts/post.ts'

const facets = z.array(
  z.object({
    type: z.enum(['link', 'tag', 'mention']),
    value: z.string(),
    byteStart: z.number(),
    byteEnd: z.number(),
  }),
)
const specs = path.join(import.meta.dirname, '..', '..', 'specs', 'facets.json')
const { vectors } = z
  .object({
    vectors: z.array(z.object({ text: z.string(), facets, better: facets.optional() })),
  })
  .parse(JSON.parse(await readFile(specs, 'utf8')))

// an article's words never become mentions, so those of the table are not wanted here
test.each(vectors)('facets of plain words: $text', ({ text, facets: usual, better = usual }) => {
  const part = {
    segments: [{ text }],
    card: null,
    images: [],
    manner: ordinary,
    language: null,
    warnings: [],
  }
  expect(render(part, { text: 300, bytes: 3000 }).facets).toEqual(
    better
      .filter(({ type }) => type !== 'mention')
      .map(({ type, value, byteStart: start, byteEnd: end }) => {
        return { kind: type === 'tag' ? 'hashtag' : 'link', start, end, value }
      }),
  )
})
