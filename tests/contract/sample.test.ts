import { RichText } from '@atproto/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Article } from '../../src/articles/article.ts'
import { readArticle } from '../../src/articles/read.ts'
import { isProblem } from '../../src/locale/problem.ts'
import { createFetch } from '../../src/net/fetch.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { type SampleSite, startSite } from '../../src/sandbox/site.ts'
import { parseFeed } from '../../src/sources/feed.ts'
import { openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let site: SampleSite
let server: Server
const articles: Article[] = []
const refused: string[] = []

beforeAll(async () => {
  site = await startSite({ port: 0 })
  server = await temporaryServer()
  const fetch = createFetch({ allowPrivate: false, allowOrigins: [site.url] })
  const feed = await fetch.get(site.feedUrl)
  const { items } = await parseFeed(feed.text(), feed.url)
  for (const item of items) {
    try {
      const { article } = await readArticle(item.url, { fetch, hint: { ...item, guid: item.id } })
      articles.push(article)
    } catch (error) {
      if (!isProblem(error, 'article-protected')) throw error
      refused.push(item.url)
    }
  }
  await fetch.close()
})
afterAll(async () => {
  await site.close()
  await server[Symbol.asyncDispose]()
})

test('every article of the sample can be announced, but for the protected one', () => {
  expect(articles.length).toBeGreaterThanOrEqual(10)
  expect(refused).toHaveLength(1)
})

describe.each<PlatformId>(['telegram', 'bluesky', 'mastodon'])('on %s', (platform) => {
  test('the strict stand-in takes every post of the sample, within its limit', async () => {
    await using room = await openNewsroom(server, platform)
    for (const article of articles) {
      const id = await room.announce(article)
      await room.publish()
      room.later(60)
      const delivery = await room.only(id)
      expect(delivery).toMatchObject({ state: 'published', error: null })
      const [draft] = delivery.drafts
      expect(draft?.count).toBeLessThanOrEqual(draft?.limit ?? 0)
      expect(JSON.stringify(draft)).toContain(article.url)
    }
    expect(room.standIn.posts()).toHaveLength(articles.length)
  })
})

test('RichText finds the same links and hashtags in our posts as we do, but for the shortened link', async () => {
  await using room = await openNewsroom(server, 'bluesky')
  for (const article of articles) {
    const id = await room.announce(article)
    await room.publish()
    room.later(60)
    const draft = (await room.only(id)).drafts[0]
    if (draft === undefined) throw new Error('no draft')
    const rich = new RichText({ text: draft.text })
    rich.detectFacetsWithoutResolution()
    const theirs = (rich.facets ?? []).flatMap(({ index, features }) =>
      features.flatMap((feature) => {
        const value = 'uri' in feature ? feature.uri : 'tag' in feature ? feature.tag : null
        return value === null ? [] : [`${index.byteStart}-${index.byteEnd} ${String(value)}`]
      }),
    )
    const ours = draft.facets
      .filter(({ value }) => value !== article.url) // shown shorter than it is, which only a facet can do
      .map(({ start, end, value }) => `${start}-${end} ${value}`)
    expect(ours.toSorted()).toEqual(theirs.toSorted())
  }
})
