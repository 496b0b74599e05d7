import { uuid } from '../key.ts'
import { CONNECT_MS, type Platform } from '../platform.ts'
import { postAt } from './address.ts'
import { ON_A_PAGE } from './counts.ts'
import { credentials, type TelegramCredentials } from './credentials.ts'
import { hashtag } from './hashtag.ts'
import { limits } from './limits.ts'
import { measure } from './measure.ts'
import { render } from './render.ts'

/** Telegram channels by the Bot API. Its card is made by the server; only a public channel can be looked through. */
export const telegram: Platform<TelegramCredentials> = {
  id: 'telegram',
  credentials,
  limits,
  ownLimits: false,
  // python-telegram-bot wiki, «Avoiding flood limits»: about 1 a second and 20 a minute for a channel
  pace: { everyMs: 3000, burst: 3 },
  // the public page is cached, nobody says for how long
  replay: { by: 'look', afterMs: 20_000, times: 2 },
  // nobody says how often the public page may be read: no faster than the channel is posted to
  counting: { atOnce: ON_A_PAGE, pace: { everyMs: 3000, burst: 3 } },
  // Bot API, sendPhoto: 10 MB, width and height together 10 000, ratio 20
  pictures: {
    card: null,
    image: { bytes: 5_000_000, width: 2560, height: 2560, sum: 10_000, ratio: 20 },
    uploads: false,
  },
  manners: ['silent'],
  measure,
  hashtag,
  render,
  postAt,
  newKey: (_now, random) => uuid(random),
  connect: async (own, _vault, clock = () => new Date()) => {
    const { open } = await import('./connection.ts')
    return open(own, { clock, connectMs: CONNECT_MS })
  },
}
