import { uuid } from '../key.ts'
import { CONNECT_MS, type Platform } from '../platform.ts'
import { postAt } from './address.ts'
import { AT_ONCE } from './counts.ts'
import { credentials, type MastodonCredentials } from './credentials.ts'
import { hashtag } from './hashtag.ts'
import { limits } from './limits.ts'
import { measure } from './measure.ts'
import { render } from './render.ts'

/** Mastodon and servers of its API. The card is made by the server; a lost answer is looked up after a minute. */
export const mastodon: Platform<MastodonCredentials> = {
  id: 'mastodon',
  credentials,
  limits,
  ownLimits: true,
  // Mastodon rate_limiter.rb: 300 posts in 3 h, windows fixed by the clock, so burst and rate share them
  pace: { everyMs: 40_000, burst: 30 },
  // M rack_attack.rb: 300 requests in 5 minutes for a token; a third of them is for counting
  counting: { atOnce: AT_ONCE, pace: { everyMs: 3000, burst: 30 } },
  replay: { by: 'look', afterMs: 60_000, times: 1 },
  // M media_attachment.rb: 16 MB and 33 177 600 pixels; far less is enough for any screen
  pictures: {
    card: null,
    image: { bytes: 4_000_000, width: 2560, height: 2560 },
    uploads: true,
  },
  manners: ['visibility', 'contentWarning'],
  measure,
  postAt,
  hashtag,
  render,
  newKey: (_now, random) => uuid(random),
  connect: async (own, _vault, clock = () => new Date()) => {
    const { open } = await import('./connection.ts')
    return open(own, { clock, connectMs: CONNECT_MS })
  },
}
