/** Every post of the corpus, put by our own connection and read back. */
import assert from 'node:assert/strict'
import { readArticle } from '../src/articles/read.ts'
import { readTemplates } from '../src/config/templates.ts'
import { writeDrafts } from '../src/deliveries/draft.ts'
import { wantedOf } from '../src/deliveries/wanted.ts'
import { getPicture } from '../src/images/get.ts'
import { createFetch } from '../src/net/fetch.ts'
import { bluesky } from '../src/platforms/bluesky/index.ts'
import { articles } from '../src/sandbox/site/articles.ts'
import { pathOf } from '../src/sandbox/site/content.ts'
import { startSite } from '../src/sandbox/site.ts'
import { texts } from '../tests/support/texts.ts'

const features = {
  link: (uri) => ({ $type: 'app.bsky.richtext.facet#link', uri }),
  hashtag: (tag) => ({ $type: 'app.bsky.richtext.facet#tag', tag }),
}
const lines = texts.filter((text) => text.trim() !== '')

export async function run({ url, handle, password }, check) {
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
      await postThread(context, await draftsOf(read.article))
    })
  }
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

/** Publishes parts as a thread, each twice, and compares each with what stands on the server. */
async function postThread({ url, connection, fetcher }, drafts) {
  const published = []
  for (const draft of drafts) {
    const media = []
    for (const wanted of wantedOf(draft, bluesky)) {
      const picture = await getPicture(wanted.url, { fetch: fetcher, cap: wanted.cap })
      const upload = { ...picture, alt: wanted.alt ?? '' }
      media.push({ ...upload, ref: await connection.upload(upload, deadline()) })
    }
    const [root, parent] = [published.at(0), published.at(-1)]
    const publication = {
      key: bluesky.newKey(new Date(), Math.random),
      createdAt: new Date(),
      replyTo: root && parent ? { root, parent } : null,
      media,
    }
    const stands = await connection.publish(draft, publication, deadline())
    const again = await connection.publish(draft, publication, deadline())
    assert.deepEqual(again, stands, 'the same call again changes nothing')
    compare(await recordAt(url, stands.id), draft, publication)
    published.push(stands)
  }
}

function compare({ value }, draft, { createdAt, replyTo, media }) {
  assert.equal(value.text, draft.text)
  assert.equal(value.createdAt, createdAt.toISOString())
  assert.deepEqual(
    value.facets ?? [],
    draft.facets.map(({ kind, start, end, value: meant }) => {
      return { index: { byteStart: start, byteEnd: end }, features: [features[kind](meant)] }
    }),
  )
  assert.deepEqual(value.langs ?? [], draft.language === null ? [] : [draft.language])
  const ref = ({ id, cid }) => ({ uri: id, cid })
  assert.deepEqual(
    value.reply ?? null,
    replyTo && { root: ref(replyTo.root), parent: ref(replyTo.parent) },
  )
  const pictures =
    value.embed?.images?.map(({ image }) => image) ?? [value.embed?.external?.thumb].filter(Boolean)
  assert.deepEqual(
    pictures.map((blob) => blob.ref.$link),
    media.map((one) => one.ref.ref.$link),
  )
  if (draft.images.length === 0 && draft.card !== null) {
    const { uri, title, description } = value.embed.external
    const { card } = draft
    assert.deepEqual(
      { uri, title, description },
      {
        uri: card.url,
        title: card.title,
        description: card.description,
      },
    )
  }
}

async function recordAt(server, uri) {
  const [repo, collection, rkey] = uri.replace('at://', '').split('/')
  const asked = new URL('/xrpc/com.atproto.repo.getRecord', server)
  asked.search = new URLSearchParams({ repo, collection, rkey }).toString()
  const answer = await fetch(asked)
  assert.equal(answer.status, 200)
  return answer.json()
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

function deadline() {
  return AbortSignal.timeout(30_000)
}
