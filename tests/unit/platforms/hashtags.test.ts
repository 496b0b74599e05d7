import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { platforms } from '../../../src/platforms/registry.ts'

const tag = z.string().nullable()
const specs = path.join(import.meta.dirname, '..', '..', 'specs', 'hashtags.json')
const { vectors } = z
  .object({
    vectors: z.array(z.object({ name: z.string(), telegram: tag, bluesky: tag, mastodon: tag })),
  })
  .parse(JSON.parse(await readFile(specs, 'utf8')))

test.each(vectors)('«$name» is spelled as a hashtag that works', ({ name, ...tags }) => {
  expect({
    telegram: platforms.telegram.hashtag(name),
    bluesky: platforms.bluesky.hashtag(name),
    mastodon: platforms.mastodon.hashtag(name),
  }).toEqual(tags)
})
