import { bluesky } from '../../src/sandbox/bluesky.ts'
import { mastodon } from '../../src/sandbox/mastodon.ts'
import { telegram } from '../../src/sandbox/telegram.ts'
import { standIn, type StandInProcess } from './program.ts'

/** Three stand-ins as processes, and the environment of somebody whose accounts are there. */
export interface Platforms extends AsyncDisposable {
  telegram: StandInProcess
  bluesky: StandInProcess
  mastodon: StandInProcess
  env: Record<string, string>
}

export async function threePlatforms(): Promise<Platforms> {
  const [one, two, three] = await Promise.all([
    standIn('telegram'),
    standIn('bluesky'),
    standIn('mastodon'),
  ])
  return {
    telegram: one,
    bluesky: two,
    mastodon: three,
    env: {
      TELEGRAM_BOT_TOKEN: telegram.botToken,
      TELEGRAM_CHANNEL: telegram.channel,
      TELEGRAM_API_ROOT: one.url,
      TELEGRAM_PREVIEW_ROOT: one.url,
      BLUESKY_HANDLE: bluesky.handle,
      BLUESKY_APP_PASSWORD: bluesky.appPassword,
      BLUESKY_SERVICE: two.url,
      MASTODON_URL: three.url,
      MASTODON_ACCESS_TOKEN: mastodon.accessToken,
    },
    [Symbol.asyncDispose]: async () => {
      for (const platform of [one, two, three]) await platform[Symbol.asyncDispose]()
    },
  }
}
