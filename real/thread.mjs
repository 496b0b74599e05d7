/** A post as our own connection puts it, compared with what stands on the server. */
import assert from 'node:assert/strict'
import { wantedOf } from '../src/deliveries/wanted.ts'
import { getPicture } from '../src/images/get.ts'
import { bluesky } from '../src/platforms/bluesky/index.ts'

const features = {
  link: (uri) => ({ $type: 'app.bsky.richtext.facet#link', uri }),
  hashtag: (tag) => ({ $type: 'app.bsky.richtext.facet#tag', tag }),
  mention: (did) => ({ $type: 'app.bsky.richtext.facet#mention', did }),
}

/** Publishes parts as a thread, each twice, compares each with what stands, and returns the records that do. */
export async function postThread({ url, connection, fetcher }, drafts) {
  const published = []
  const records = []
  for (const written of drafts) {
    const draft = await connection.resolve(written, deadline())
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
    const record = await recordAt(url, stands.id)
    compare(record, draft, publication)
    published.push(stands)
    records.push(record.value)
  }
  return records
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

/** For one call. */
export function deadline() {
  return AbortSignal.timeout(30_000)
}
