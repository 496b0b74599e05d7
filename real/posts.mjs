/** Every post of the corpus, put by our own connection and read back. */
import assert from 'node:assert/strict'
import { readArticle } from '../src/articles/read.ts'
import { readTemplates } from '../src/config/templates.ts'
import { writeDrafts } from '../src/deliveries/draft.ts'
import { createFetch } from '../src/net/fetch.ts'
import { bluesky } from '../src/platforms/bluesky/index.ts'
import { articles } from '../src/sandbox/site/articles.ts'
import { pathOf } from '../src/sandbox/site/content.ts'
import { startSite } from '../src/sandbox/site.ts'
import { texts } from '../tests/support/texts.ts'
import { deadline, postThread } from './thread.mjs'

/** Everything a post may have besides: parts, pictures of its own, people who are meant and who do not exist. */
const everything = {
  name: 'everything.liquid',
  source: `---
thread: numbered
images: 2
---
{{ title }} {{ "@gazette.test" | mention }} {{ "@nobody-at-all.test" | mention }}

{{ content }}

<a href="{{ url }}">{{ url | short_link }}</a>`,
}
const lines = texts.filter((text) => text.trim() !== '')

export async function run({ url, did, handle, password }, check) {
  const stood = []
  const templates = await readTemplates()
  const site = await startSite({ port: 0 })
  const fetcher = createFetch({ allowPrivate: true, allowOrigins: [] })
  const connection = await bluesky.connect(
    { handle, appPassword: password, service: url },
    memoryVault(),
  )
  const { limits } = await connection.check(deadline())
  const draftsOf = (article) => writeDrafts(article, bluesky, limits, templates.bluesky)
  const context = { url, connection, fetcher }

  for (const article of articles.filter((one) => !one.protected)) {
    await check(`article ${article.slug}`, async () => {
      const read = await readArticle(`${site.url}${pathOf(article)}`, { fetch: fetcher })
      const drafts = await writeDrafts(read.article, bluesky, limits, everything)
      stood.push(...(await postThread(context, await draftsOf(read.article))))
      stood.push(...(await postThread(context, drafts)))
    })
  }
  await check('threads, pictures, cards and people were among them', () => {
    const people = stood.flatMap(({ facets = [] }) => facets.flatMap((one) => one.features))
    assert.ok(stood.some(({ reply }) => reply?.root.uri !== reply?.parent.uri))
    assert.ok(stood.some(({ embed }) => embed?.external?.thumb !== undefined))
    assert.ok(stood.some(({ embed }) => embed?.images?.some(({ alt }) => alt !== '')))
    assert.deepEqual([...new Set(people.flatMap((one) => one.did ?? []))], [did])
  })
  for (const [at, text] of lines.entries()) {
    const next = lines[(at + 1) % lines.length] ?? ''
    const from = lines.slice(at, at + 8).join(' ')
    await check(`title ${JSON.stringify(text)}`, async () =>
      postThread(context, await draftsOf(articleOf(text, next))),
    )
    await check(`long excerpt from ${JSON.stringify(text)}`, async () =>
      postThread(context, await draftsOf(articleOf(next, from))),
    )
  }
  await check('a thread of three', async () => {
    const parts = await Promise.all(
      lines.slice(0, 3).map((text) => draftsOf(articleOf(text, text))),
    )
    await postThread(context, parts.flat())
  })
  await connection.close()
  await fetcher.close()
  await site.close()
}

function articleOf(title, excerpt) {
  return {
    url: 'https://gazette.example/2026/11/24/un-article/?ref=à&n=1',
    title,
    excerpt,
    preface: null,
    content: excerpt,
    credit: null,
    image: null,
    images: [],
    categories: [],
    tags: title.split(/\s+/).slice(0, 6),
    authors: [],
    language: 'fr',
    publishedAt: null,
    updatedAt: null,
    posts: {},
  }
}

/** Kept for as long as this runs. */
function memoryVault() {
  let kept
  return {
    read: () => Promise.resolve(kept),
    hold: (work) =>
      work(kept, (value) => {
        kept = value
        return Promise.resolve()
      }),
  }
}
