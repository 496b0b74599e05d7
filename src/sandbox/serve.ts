import { parseArgs } from 'node:util'
import { z } from 'zod'
import { blueskyAccount } from './bluesky/accounts.ts'
import { startBluesky } from './bluesky.ts'
import { mastodonAccount } from './mastodon/accounts.ts'
import { idempotency } from './mastodon/keys.ts'
import { startMastodon } from './mastodon.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { telegramAccount } from './telegram/accounts.ts'
import { startTelegram } from './telegram.ts'

// One stand-in as a process of its own:
//   node src/sandbox/serve.ts telegram --port 0 --file posts.jsonl --options '{"pace":1}'
// prints one line of JSON, {"platform":…,"url":…}, when it is ready. SIGTERM ends it.

const positive = z.number().positive()

const starters: Record<string, (common: StandInOptions, options: unknown) => Promise<StandIn>> = {
  telegram: (common, options) => startTelegram({ ...telegramOptions.parse(options), ...common }),
  bluesky: (common, options) => startBluesky({ ...blueskyOptions.parse(options), ...common }),
  mastodon: (common, options) => startMastodon({ ...mastodonOptions.parse(options), ...common }),
}

const telegramOptions = z.strictObject({
  accounts: z.array(telegramAccount).min(1).exactOptional(),
  pace: positive.exactOptional(),
})
const blueskyOptions = z.strictObject({
  accounts: z.array(blueskyAccount).min(1).exactOptional(),
  accessTokenMinutes: positive.exactOptional(),
  pointsPerHour: positive.exactOptional(),
})
const mastodonOptions = z.strictObject({
  accounts: z.array(mastodonAccount).min(1).exactOptional(),
  idempotency: idempotency.exactOptional(),
  maxCharacters: positive.exactOptional(),
  disallowedHashtags: z.array(z.string()).exactOptional(),
  postingMs: z.number().nonnegative().exactOptional(),
  postsPer3Hours: positive.exactOptional(),
  severalAtOnce: z.boolean().exactOptional(),
  quotes: z.boolean().exactOptional(),
})

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    file: { type: 'string' },
    options: { type: 'string', default: '{}' },
  },
})
const start = starters[positionals[0] ?? '']
if (start === undefined) {
  process.stderr.write(`usage: serve.ts ${Object.keys(starters).join('|')} [--port N] [--file F]\n`)
  process.exit(2)
}
const standIn = await start(
  { port: Number(values.port), file: values.file ?? null },
  JSON.parse(values.options),
)
process.once('SIGTERM', () => void standIn.close())
process.stdout.write(`${JSON.stringify({ platform: standIn.platform, url: standIn.url })}\n`)
