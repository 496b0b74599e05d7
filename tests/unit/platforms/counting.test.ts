import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { measure as bluesky } from '../../../src/platforms/bluesky/measure.ts'
import { measure as mastodon } from '../../../src/platforms/mastodon/measure.ts'
import { clean, measure as telegram } from '../../../src/platforms/telegram/measure.ts'

const row = z.object({
  platform: z.enum(['telegram', 'bluesky', 'mastodon']),
  text: z.string(),
  parse_mode: z.string().nullish(),
  parsed: z.string().optional(),
  warning: z.string().optional(),
  count: z.number(),
  bytes: z.number().optional(),
  utf16: z.number().optional(),
  note: z.string().optional(),
  field: z.string().optional(),
})

const specs = path.join(import.meta.dirname, '..', '..', 'specs', 'counting.json')
const { vectors } = z
  .object({ vectors: z.array(row) })
  .parse(JSON.parse(await readFile(specs, 'utf8')))

// Crieur sends no markup, so HTML rows that hold any are counted by what the server reads in them (`parsed`).
// «<b>  gras</b> fin» keeps its blanks only because an entity begins there: a text without entities has no such place
const kept = 'leading blanks inside the first tag stay: trimming stops at the first entity'

test.each(vectors.filter((one) => one.platform === 'telegram' && one.note !== kept))(
  'Telegram counts as its server does: $note',
  ({ text, parse_mode: mode, parsed, count, utf16, field }) => {
    const read = mode === 'HTML' && parsed !== undefined ? parsed : text
    expect(telegram(read, { text: field === 'caption' ? 1024 : 4096 })).toEqual({
      count,
      limit: field === 'caption' ? 1024 : 4096,
      fits: count <= (field === 'caption' ? 1024 : 4096),
    })
    const stands = clean(read).replace(/^[ \n]+|[ \n]+$/g, '')
    expect(stands).toHaveLength(utf16 ?? -1)
    if (parsed !== undefined) expect(stands).toBe(parsed)
  },
)

test.each(vectors.filter((one) => one.platform === 'bluesky'))(
  'Bluesky counts as its server does: $note',
  ({ text, count, bytes = 0 }) => {
    expect(bluesky(text, { text: 300, bytes: 3000 })).toEqual({
      count,
      limit: 300,
      fits: count <= 300 && bytes <= 3000,
    })
  },
)

test.each(vectors.filter((one) => one.platform === 'mastodon'))(
  'Mastodon counts as its server does: $note',
  ({ text, warning, count }) => {
    expect(mastodon(text, { text: 500, link: 23 }, warning)).toEqual({
      count,
      limit: 500,
      fits: count <= 500,
    })
  },
)

test('where a server does not say what a link costs, the larger of written and usual counts', () => {
  expect(mastodon('https://exemple.fr/a', { text: 500 }).count).toBe(23)
  expect(mastodon(`https://exemple.fr/${'a'.repeat(31)}`, { text: 500 }).count).toBe(50)
})

test('what only resembles a remote mention counts as written', () => {
  const text = '@bob@exemple.social@autre'
  expect(mastodon(text, { text: 500, link: 23 }).count).toBe(text.length)
})
