import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Article } from '../../src/articles/article.ts'
import { readArticle } from '../../src/articles/read.ts'
import { isProblem } from '../../src/locale/problem.ts'
import { readTemplates } from '../../src/config/templates.ts'
import { writeDrafts } from '../../src/deliveries/draft.ts'
import { createFetch } from '../../src/net/fetch.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { platforms } from '../../src/platforms/registry.ts'
import type { Draft } from '../../src/posts/post.ts'
import { startSite, type SampleSite } from '../../src/sandbox/site.ts'
import { parseFeed } from '../../src/sources/feed.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
/** Where the sample site would be on the web: platforms treat addresses of this machine in their own way. */
const home = 'https://belle-ecluse.example.org'
const folder = path.join(import.meta.dirname, '..', 'data', 'golden')

let site: SampleSite
const articles: Article[] = []
const refused: string[] = []
beforeAll(async () => {
  site = await startSite({ port: 0 })
  const fetch = createFetch({ allowPrivate: false, allowOrigins: [site.url] })
  const feed = await fetch.get(site.feedUrl)
  for (const item of (await parseFeed(feed.text(), feed.url)).items) {
    try {
      const { article } = await readArticle(item.url, { fetch, hint: { ...item, guid: item.id } })
      articles.push(JSON.parse(JSON.stringify(article).replaceAll(site.url, home)))
    } catch (error) {
      if (!isProblem(error, 'article-protected')) throw error
      refused.push(item.url)
    }
  }
  await fetch.close()
})
afterAll(() => site.close())

test.each(all)(
  'every post of the sample reads as it was looked at and found good: %s',
  async (id) => {
    const templates = await readTemplates()
    const posts = await Promise.all(
      articles.map(async (article) => {
        const platform = platforms[id]
        const parts = await writeDrafts(article, platform, platform.limits, templates[id])
        return [`# ${article.url}`, ...parts.map(told)].join('\n\n')
      }),
    )
    await expect(`${posts.join('\n\n\n')}\n`).toMatchFileSnapshot(path.join(folder, `${id}.md`))
  },
)

test('the protected article of the sample has no post', () => {
  expect(refused).toHaveLength(1)
})

/** A part as a person reviews it: the text as readers see it, and what stands beside it. */
function told({ text, count, limit, language, facets, card, images, warnings }: Draft): string {
  const lines = facets.map(
    ({ kind, start, end, value }) => `${kind} ${start}-${end} ${value ?? ''}`,
  )
  const beside = [
    `${count} / ${limit}, ${language}`,
    ...lines.map((line) => line.trimEnd()),
    ...(card === null
      ? []
      : [`card: ${card.title} | ${card.description} | ${card.image?.url ?? 'no picture'}`]),
    ...images.map(({ url, alt }) => `image: ${url} | ${alt ?? 'no description'}`),
    ...warnings.map(({ kind, about }) => `! ${kind} ${about ?? ''}`.trimEnd()),
  ]
  return `${text}\n\n${beside.map((line) => `    ${line}`).join('\n')}`
}
