import { z } from 'zod'
import { ordinary, type Part } from '../../../src/posts/post.ts'
import type { PlatformId, Upload } from '../../../src/platforms/platform.ts'
import { bluesky, startBluesky } from '../../../src/sandbox/bluesky.ts'
import { mastodon, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { startTelegram, telegram } from '../../../src/sandbox/telegram.ts'
import { png } from '../sandbox/pictures.ts'

/** A platform with its stand-in, as the suites over all of them want it. */
export interface Subject {
  /** With a second account, that of the town hall. */
  start(): Promise<StandIn>
  credentials(url: string): Record<string, string>
  /** Which of the credentials is the secret, and one that nobody has. */
  wrong: Record<string, string>
  /** In the path of the publishing call, of one that edits, and of one that deletes. */
  publishing: string
  editing: string
  removing: string
  /** The publishing call with a picture. */
  withPicture: string
  /** How the town hall is named there. */
  townHall: string
  /** Who is linked or told because of the newest post. */
  named(standIn: StandIn): Promise<string[]>
  /** What of a manner arrived. */
  manner: Record<string, unknown>
}

const memory = { port: 0, file: null }
const townHall = 'did:plc:mairiecrieurmairiecrieur'
const mentioning = z.object({ mentions: z.array(z.object({ username: z.string() })) })

/** The site's own picture, as it would be uploaded. */
export const picture: Upload = {
  bytes: png(800, 600),
  mime: 'image/png',
  width: 800,
  height: 600,
  alt: '',
}
export const subjects: Record<PlatformId, Subject> = {
  telegram: {
    start: () => startTelegram(memory),
    credentials: (apiRoot) => ({ ...telegram, apiRoot, previewRoot: apiRoot }),
    wrong: { botToken: '1000000001:AAnobody_was_ever_given_this_token_' },
    publishing: 'sendMessage',
    editing: 'editMessageText',
    removing: 'deleteMessage',
    withPicture: 'sendPhoto',
    townHall: '@mairie_de_belle_ecluse',
    named: async ({ url }) => {
      const page = await (await fetch(`${url}/s/${telegram.channel.slice(1)}`)).text()
      const [, text = ''] = /.*message_text[^>]*>(.*?)<\/div>/s.exec(page) ?? []
      return [...text.matchAll(/href="https:\/\/t\.me\/(\w+)"/g)].map(([, name]) => `@${name}`)
    },
    manner: { disable_notification: true },
  },
  bluesky: {
    start: () =>
      startBluesky({
        ...memory,
        accounts: [bluesky, { ...bluesky, did: townHall, handle: 'mairie.belle-ecluse.test' }],
      }),
    credentials: (service) => ({
      handle: bluesky.handle,
      appPassword: bluesky.appPassword,
      service,
    }),
    wrong: { appPassword: 'none-none-none-none' },
    publishing: 'putRecord',
    editing: 'putRecord',
    removing: 'deleteRecord',
    withPicture: 'putRecord',
    townHall: '@mairie.belle-ecluse.test',
    named: async (standIn) =>
      JSON.stringify(standIn.posts().at(-1)?.wire).includes(`"did":"${townHall}"`)
        ? ['@mairie.belle-ecluse.test']
        : [],
    manner: {},
  },
  mastodon: {
    start: () =>
      startMastodon({
        ...memory,
        accounts: [mastodon, { username: 'mairie', accessToken: 'token-of-the-town-hall' }],
      }),
    credentials: (url) => ({ url, accessToken: mastodon.accessToken }),
    wrong: { accessToken: 'nobody-was-ever-given-this-token' },
    publishing: '/api/v1/statuses',
    editing: '/api/v1/statuses/',
    removing: '/api/v1/statuses/',
    withPicture: '/api/v1/statuses',
    townHall: '@mairie',
    named: async (standIn) => {
      const answer = await fetch(`${standIn.url}/api/v1/statuses/${standIn.posts().at(-1)?.id}`)
      const { mentions } = mentioning.parse(await answer.json())
      return mentions.map(({ username }) => `@${username}`)
    },
    manner: { visibility: 'unlisted', spoiler_text: 'Fanfare', sensitive: true },
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
