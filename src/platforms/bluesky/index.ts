import { CONNECT_MS, type Platform } from '../platform.ts'
import { postAt } from './address.ts'
import { AT_ONCE } from './counts.ts'
import { credentials, type BlueskyCredentials } from './credentials.ts'
import { hashtag } from './hashtag.ts'
import { tid } from './key.ts'
import { limits } from './limits.ts'
import { measure } from './measure.ts'
import { render } from './render.ts'

/** Bluesky accounts on any PDS. The card is ours alone; a record put again under its key changes nothing. */
export const bluesky: Platform<BlueskyCredentials> = {
  id: 'bluesky',
  credentials,
  limits,
  ownLimits: false,
  // 35 000 points a day at 2 a put (AT rate-limits.ts) is one in 5 s; 5000 points an hour allow the burst
  pace: { everyMs: 5000, burst: 30 },
  // BD rate-limits: 3000 requests in 5 minutes for an address; a fifth of them is for counting
  counting: { atOnce: AT_ONCE, pace: { everyMs: 500, burst: 25 } },
  replay: { by: 'again' },
  // lexicons app.bsky.embed.external (thumb) and .images; more pixels than are drawn are lost
  pictures: {
    card: { bytes: 1_000_000, width: 1600, height: 1600 },
    image: { bytes: 2_000_000, width: 2000, height: 2000 },
    uploads: true,
  },
  manners: [],
  measure,
  postAt,
  hashtag,
  render,
  newKey: tid,
  connect: async (own, vault, clock = () => new Date()) => {
    const { open } = await import('./connection.ts')
    return open(own, vault, { clock, connectMs: CONNECT_MS })
  },
}
