import { ordinary, type Part } from '../../../src/posts/post.ts'
import type { PlatformId } from '../../../src/platforms/platform.ts'
import { bluesky, startBluesky } from '../../../src/sandbox/bluesky.ts'
import { mastodon, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { startTelegram, telegram } from '../../../src/sandbox/telegram.ts'

/** A platform with its stand-in, as the suites over all of them want it. */
export interface Subject {
  start(): Promise<StandIn>
  credentials(url: string): Record<string, string>
  /** Which of the credentials is the secret, and one that nobody has. */
  wrong: Record<string, string>
  /** In the path of the publishing call, of one that edits, and of one that deletes. */
  publishing: string
  editing: string
  removing: string
}

const memory = { port: 0, file: null }
export const subjects: Record<PlatformId, Subject> = {
  telegram: {
    start: () => startTelegram(memory),
    credentials: (apiRoot) => ({ ...telegram, apiRoot, previewRoot: apiRoot }),
    wrong: { botToken: '1000000001:AAnobody_was_ever_given_this_token_' },
    publishing: 'sendMessage',
    editing: 'editMessageText',
    removing: 'deleteMessage',
  },
  bluesky: {
    start: () => startBluesky(memory),
    credentials: (service) => ({
      handle: bluesky.handle,
      appPassword: bluesky.appPassword,
      service,
    }),
    wrong: { appPassword: 'none-none-none-none' },
    publishing: 'putRecord',
    editing: 'putRecord',
    removing: 'deleteRecord',
  },
  mastodon: {
    start: () => startMastodon(memory),
    credentials: (url) => ({ url, accessToken: mastodon.accessToken }),
    wrong: { accessToken: 'nobody-was-ever-given-this-token' },
    publishing: '/api/v1/statuses',
    editing: '/api/v1/statuses/',
    removing: '/api/v1/statuses/',
  },
}

/** What is published there. */
export const part: Part = {
  segments: [
    { text: 'La fanfare 🎺 ouvre la fête', styles: ['bold'] },
    { text: '\n\n' },
    { text: 'belle-ecluse.example/fête', link: 'https://belle-ecluse.example/2026/fete/?a=1&b=2' },
    { text: '\n\n' },
    { text: '#Fête', hashtag: 'Fête' },
  ],
  card: {
    url: 'https://belle-ecluse.example/2026/fete/?a=1&b=2',
    title: 'La fanfare ouvre la fête',
    description: 'Dès samedi.',
    image: null,
    above: false,
  },
  images: [],
  manner: ordinary,
  language: 'fr',
  warnings: [],
}
