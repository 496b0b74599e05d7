import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Article } from '../../src/articles/article.ts'
import { readArticle } from '../../src/articles/read.ts'
import { type PostPreview, previewPosts } from '../../src/deliveries/preview.ts'
import { isProblem } from '../../src/locale/problem.ts'
import { createFetch } from '../../src/net/fetch.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { platforms } from '../../src/platforms/registry.ts'
import type { Draft } from '../../src/posts/post.ts'
import { type SampleSite, startSite } from '../../src/sandbox/site.ts'
import type { KeptPost } from '../../src/sandbox/stand-in.ts'
import { parseFeed } from '../../src/sources/feed.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
let site: SampleSite
let server: Server
const articles: Article[] = []

beforeAll(async () => {
  site = await startSite({ port: 0 })
  server = await temporaryServer()
  const fetch = createFetch({ allowPrivate: false, allowOrigins: [site.url] })
  const feed = await fetch.get(site.feedUrl)
  for (const item of (await parseFeed(feed.text(), feed.url)).items) {
    try {
      const { article } = await readArticle(item.url, { fetch, hint: { ...item, guid: item.id } })
      articles.push(article)
    } catch (error) {
      if (!isProblem(error, 'article-protected')) throw error
    }
  }
  await fetch.close()
}, 60_000)
afterAll(async () => {
  await site.close()
  await server[Symbol.asyncDispose]()
})

/** What goes over the wire, in one shape for all three. */
interface Sent {
  text: string
  /** Where links and styles stand, in the platform's own unit. */
  marks: string[]
  /** Where the card leads, and on Bluesky all that stands in it. */
  card: unknown
  alts: string[]
  language: string | null
  manner: unknown
}

const entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  url: z.string().optional(),
})
const entities = z.array(entity)
const message = z.object({
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: entities.optional(),
  caption_entities: entities.or(z.string()).optional(),
  link_preview_options: z
    .object({ url: z.string().optional(), show_above_text: z.boolean().optional() })
    .optional(),
  disable_notification: z.boolean().or(z.literal('true')).optional(),
})
const external = z.object({ uri: z.string(), title: z.string(), description: z.string() })
const record = z.object({
  text: z.string(),
  langs: z.array(z.string()).optional(),
  facets: z
    .array(
      z.object({
        index: z.object({ byteStart: z.number(), byteEnd: z.number() }),
        features: z.array(z.object({ uri: z.string().optional(), tag: z.string().optional() })),
      }),
    )
    .optional(),
  embed: z
    .object({
      external: external.extend({ thumb: z.unknown().optional() }).optional(),
      images: z.array(z.object({ alt: z.string() })).optional(),
    })
    .optional(),
})
const status = z.object({
  status: z.string(),
  language: z.string().optional(),
  visibility: z.string().optional(),
  spoiler_text: z.string().optional(),
})

/** What arrived, read off the wire. */
const arrived: Record<PlatformId, (post: KeptPost) => Sent> = {
  telegram: ({ wire, pictures }) => {
    const sent = message.parse(wire)
    const given = sent.entities ?? sent.caption_entities ?? []
    const found = typeof given === 'string' ? entities.parse(JSON.parse(given)) : given
    const { url, show_above_text: above } = sent.link_preview_options ?? {}
    return {
      text: sent.text ?? sent.caption ?? '',
      marks: found
        .map(
          ({ type, offset, length, url: to = '' }) =>
            `${offset}-${offset + length} ${type.replace('text_', '')} ${to}`,
        )
        .toSorted(),
      card: url === undefined ? null : { url, above: above ?? false },
      alts: pictures.map(() => ''),
      language: null,
      manner: { silent: sent.disable_notification !== undefined },
    }
  },
  bluesky: ({ wire }) => {
    const { text, facets = [], embed, langs } = record.parse(wire)
    const marks = facets.flatMap(({ index: { byteStart, byteEnd }, features }) =>
      features.map(
        ({ uri, tag }) =>
          `${byteStart}-${byteEnd} ${uri === undefined ? 'hashtag' : 'link'} ${uri ?? tag ?? ''}`,
      ),
    )
    const { thumb, ...card } = embed?.external ?? {}
    return {
      text,
      marks: marks.toSorted(),
      card: embed?.external ? { ...card, picture: thumb !== undefined } : null,
      alts: embed?.images?.map(({ alt }) => alt) ?? [],
      language: langs?.[0] ?? null,
      manner: {},
    }
  },
  mastodon: ({ wire, pictures }) => {
    const { status: text, language, visibility, spoiler_text: warning } = status.parse(wire)
    const manner = { visibility: visibility ?? 'public', contentWarning: warning ?? null }
    const alts = pictures.map(({ alt }) => alt ?? '')
    return { text, marks: [], card: null, alts, language: language ?? null, manner }
  },
}

/** What the preview said would arrive. */
const foreseen: Record<PlatformId, (draft: Draft, part: number) => Sent> = {
  telegram: ({ text, facets, card, images, manner }) => ({
    text,
    marks: marksOf(facets, (kind) => kind !== 'hashtag' && kind !== 'mention'),
    card: card && images.length === 0 ? { url: card.url, above: card.above } : null,
    alts: images.map(() => ''),
    language: null,
    manner: { silent: manner.silent },
  }),
  bluesky: ({ text, facets, card, images, language }) => ({
    text,
    marks: marksOf(facets, (kind) => kind === 'hashtag' || kind === 'link'),
    card:
      card && images.length === 0
        ? {
            uri: card.url,
            title: card.title,
            description: card.description,
            picture: card.image !== null,
          }
        : null,
    alts: images.map(({ alt }) => alt ?? ''),
    language,
    manner: {},
  }),
  mastodon: ({ text, images, language, manner }, part) => ({
    text,
    marks: [],
    card: null,
    alts: images.map(({ alt }) => alt ?? ''),
    language,
    manner: {
      // what follows the first part does not fill public timelines
      visibility: part > 0 && manner.visibility === 'public' ? 'unlisted' : manner.visibility,
      contentWarning: manner.contentWarning,
    },
  }),
}

function marksOf(facets: Draft['facets'], counts: (kind: string) => boolean): string[] {
  return facets
    .flatMap(({ kind, start, end, value = '' }) =>
      counts(kind) ? `${start}-${end} ${kind} ${value}` : [],
    )
    .toSorted()
}

/** The preview as its JSON says it. */
async function previewed(
  { means }: Newsroom,
  article: Article,
  platform: PlatformId,
): Promise<PostPreview> {
  const account = { name: platform, platform, limits: platforms[platform].limits }
  const previews = await previewPosts(article, [account], means)
  const [post]: PostPreview[] = JSON.parse(JSON.stringify(previews))
  if (post === undefined) throw new Error('no preview')
  return post
}

/** Publishes one article until nothing more of it is to go; answers what its parts were on the wire. */
async function sent(room: Newsroom, article: Article, platform: PlatformId): Promise<Sent[]> {
  const before = room.standIn.posts().length
  const id = await room.announce(article)
  for (let wait = 0; wait < 60; wait += 1) {
    await room.publish()
    room.later(61)
    if ((await room.only(id)).state === 'published') break
  }
  expect(await room.only(id)).toMatchObject({ state: 'published', error: null })
  return room.standIn.posts().slice(before).map(arrived[platform])
}

const rich = `---
card: true
images: 4
thread: numbered
---
<b>{{ title }}</b>

{{ content }}

<a href="{{ url }}">{{ url }}</a>

{{ tags | hashtags: 3 }}
`

describe.each(all)('on %s', (platform) => {
  test('what a preview shows is what arrives, for every article of the sample', async () => {
    await using room = await openNewsroom(server, platform)
    for (const article of articles) {
      const { parts } = await previewed(room, article, platform)
      expect(await sent(room, article, platform)).toEqual(parts.map(foreseen[platform]))
    }
  }, 120_000)

  test('so it is with pictures and threads', async () => {
    await using room = await openNewsroom(server, platform, undefined, { template: rich })
    const pictured = articles.filter(({ images }) => images.length > 0).slice(0, 4)
    expect(pictured).toHaveLength(4)
    const shapes = new Set<string>()
    for (const article of pictured) {
      const post = await previewed(room, article, platform)
      expect(await sent(room, article, platform)).toEqual(post.parts.map(foreseen[platform]))
      if (post.images.length > 0) shapes.add('pictures')
      if (post.parts.length > 1) shapes.add('thread')
    }
    expect(shapes).toContain(platform === 'telegram' ? 'pictures' : 'thread')
  }, 120_000)

  test('a picture that cannot be had is missing in both, and said', async () => {
    await using room = await openNewsroom(server, platform, undefined, { template: rich })
    const [article] = articles
    if (article === undefined) throw new Error('no article')
    const gone = { url: `${site.url}/gone.jpg`, alt: 'Une image perdue' }
    const wrong = { ...article, content: 'Bref.', image: gone, images: [gone] }
    const post = await previewed(room, wrong, platform)
    expect(post.warnings).toContainEqual({ kind: 'no-picture', about: gone.url })
    expect(post.images).toEqual([])
    const [first] = await sent(room, wrong, platform)
    expect(first?.alts).toEqual([])
    expect(first?.text).toBe(post.text)
  }, 60_000)
})
