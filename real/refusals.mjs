/** What a real server refuses the stand-in refuses too, by the same status and error name. */
import assert from 'node:assert/strict'
import { bluesky, startBluesky } from '../src/sandbox/bluesky.ts'

const POST = 'app.bsky.feed.post'
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
const UNKNOWN_BLOB = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy'
const uri = `at://did:plc:mgditoahifwcoxd74tzzyedw/${POST}/3l7abcdefgh2k`
const family = '👨‍👩‍👧‍👦'
const facet = (index, ...features) => ({ facets: [{ index, features }] })
const tag = (name) => ({ $type: 'app.bsky.richtext.facet#tag', tag: name })
const link = (address) => ({ $type: 'app.bsky.richtext.facet#link', uri: address })
const embed = (name, fields) => ({ embed: { $type: `app.bsky.embed.${name}`, ...fields } })
const card = { uri: 'https://gazette.example/', title: 'La Gazette', description: '' }
const external = (fields) => embed('external', { external: { ...card, ...fields } })
const image = (blob, alt = '') => ({ image: blob, ...(alt !== null && { alt }) })
const blob = (fields) => {
  return { $type: 'blob', ref: { $link: UNKNOWN_BLOB }, mimeType: 'image/jpeg', size: 5, ...fields }
}

/** Records that no server may take: what differs from a good one. */
const records = {
  '301 graphemes': { text: 'é'.repeat(301) },
  '3001 bytes': { text: `${family.repeat(120)}.` },
  'no text': { text: undefined },
  'text that is a number': { text: 1 },
  'no createdAt': { createdAt: undefined },
  'createdAt in words': { createdAt: 'yesterday' },
  'createdAt without a zone': { createdAt: '2026-11-24T12:00:00' },
  'createdAt without a time': { createdAt: '2026-11-24' },
  'four languages': { langs: ['fr', 'en', 'de', 'it'] },
  'a language that is none': { langs: ['french, mostly'] },
  'a facet before the beginning': facet({ byteStart: -1, byteEnd: 2 }, tag('a')),
  'a facet at a fraction': facet({ byteStart: 0.5, byteEnd: 2 }, tag('a')),
  'a facet without an end': facet({ byteStart: 0 }, tag('a')),
  'a facet without features': { facets: [{ index: { byteStart: 0, byteEnd: 2 } }] },
  'a hashtag of 65 graphemes': facet({ byteStart: 0, byteEnd: 2 }, tag('a'.repeat(65))),
  'a hashtag of 641 bytes': facet(
    { byteStart: 0, byteEnd: 2 },
    tag(`${family.repeat(25)}${'a'.repeat(16)}`),
  ),
  'a link that is no address': facet({ byteStart: 0, byteEnd: 2 }, link('gazette.example')),
  'a link without a host': facet({ byteStart: 0, byteEnd: 2 }, link('https:///x')),
  'a mention without a DID': facet(
    { byteStart: 0, byteEnd: 2 },
    { $type: 'app.bsky.richtext.facet#mention', did: 'gazette.test' },
  ),
  'a reply without a cid': { reply: { root: { uri }, parent: { uri } } },
  'a reply with an empty cid': { reply: { root: { uri, cid: '' }, parent: { uri, cid: '' } } },
  'a reply without a parent': { reply: { root: { uri, cid: CID } } },
  'a reply to an address of the web': {
    reply: { root: { uri, cid: CID }, parent: { uri: 'https://bsky.app/', cid: CID } },
  },
  'a card without a title': external({ title: undefined }),
  'a card without a description': external({ description: undefined }),
  'a card without a good address': external({ uri: 'gazette.example' }),
  'a card with a picture that was never uploaded': external({ thumb: blob() }),
  'a card with a picture by address': external({ thumb: 'https://gazette.example/a.jpg' }),
  'a card with a picture of another kind': external({ thumb: blob({ mimeType: 'text/html' }) }),
  'a picture that was never uploaded': embed('images', { images: [image(blob())] }),
  'a picture without alt': embed('images', { images: [image(blob(), null)] }),
  'five pictures': embed('images', { images: Array.from({ length: 5 }, () => image(blob())) }),
  'a thumbnail of 1,000,001 bytes': external({ thumb: blob({ size: 1_000_001 }) }),
  'a picture of 2,000,001 bytes': embed('images', { images: [image(blob({ size: 2_000_001 }))] }),
  'another type': { $type: 'app.bsky.feed.like' },
}

/** Records around a picture that was uploaded: told wrongly afterwards. */
const told = {
  'a picture told as PNG': ({ mimeType: _, ...rest }) => ({ ...rest, mimeType: 'image/png' }),
  'a picture told smaller': (given) => ({ ...given, size: given.size - 1 }),
  'a picture of unknown kind': (given) => ({ ...given, mimeType: 'image/unknown' }),
  'a picture told as a page': (given) => ({ ...given, mimeType: 'text/html' }),
}

/** Checks each record, upload, key and log-in on both. */
export async function run(home, check) {
  const standIn = await startBluesky({ port: 0, file: null })
  const stood = { url: standIn.url, handle: bluesky.handle, password: bluesky.appPassword }
  const servers = [await entered(home), await entered(stood)]
  const both = (name, ask) =>
    check(name, async () => {
      const [real, ours] = await Promise.all(servers.map(ask))
      assert.ok(real.status >= 400, `the real server answered ${real.status}`)
      assert.deepEqual(
        { status: ours.status, error: ours.body.error },
        { status: real.status, error: real.body.error },
        `real: ${JSON.stringify(real.body)} stand-in: ${JSON.stringify(ours.body)}`,
      )
    })

  await check('a good record, on both', async () => {
    for (const server of servers) assert.equal((await put(server, {})).status, 200)
  })
  for (const [name, fields] of Object.entries(records)) {
    await both(name, (server) => put(server, fields))
  }
  for (const [name, wrongly] of Object.entries(told)) {
    await both(name, async (server) => {
      const { body } = await call(server, 'com.atproto.repo.uploadBlob', jpeg(5000), 'image/jpeg')
      return put(server, external({ thumb: wrongly(body.blob) }))
    })
  }
  await both('a page uploaded as a picture', async (server) => {
    const page = Buffer.from('<!doctype html><title>Not found</title>')
    const { body } = await call(server, 'com.atproto.repo.uploadBlob', page, 'text/html')
    return put(server, external({ thumb: body.blob }))
  })
  await both('a thumbnail too big, uploaded', async (server) => {
    const { body } = await call(
      server,
      'com.atproto.repo.uploadBlob',
      jpeg(1_000_001),
      'image/jpeg',
    )
    return put(server, external({ thumb: body.blob }))
  })
  await both('an upload of more than 5 MB', (server) =>
    call(server, 'com.atproto.repo.uploadBlob', jpeg(5 * 1024 * 1024 + 1), 'image/jpeg'),
  )
  await both('a key that is none', (server) => put(server, {}, { rkey: 'not a key' }))
  await both('a key that is no TID', (server) => put(server, {}, { rkey: 'le-canal-rouvre' }))
  await both('another’s repository', (server) =>
    put(server, {}, { repo: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa' }),
  )
  await both('without a token', (server) => put({ ...server, token: null }, {}))
  await both('with a token that is none', (server) => put({ ...server, token: 'none' }, {}))
  await both('with a wrong password', ({ url, handle }) => logIn({ url, handle, password: 'none' }))
  await standIn.close()
}

async function entered(server) {
  const { body } = await logIn(server)
  return { ...server, did: body.did, token: body.accessJwt }
}

function logIn({ url, handle, password }) {
  const fields = { identifier: handle, password }
  return call({ url, token: null }, 'com.atproto.server.createSession', JSON.stringify(fields))
}

let keys = 0

/** Puts a good record with these fields instead of its own. */
function put(server, fields, place = {}) {
  keys += 1
  const rkey = `3l7abcdefg${String.fromCodePoint(97 + Math.floor(keys / 20))}${String.fromCodePoint(97 + (keys % 20))}2`
  const good = { $type: POST, text: 'Le canal rouvre samedi.', createdAt: new Date().toISOString() }
  const record = { ...good, ...fields }
  const input = { repo: server.did, collection: POST, rkey, record, ...place }
  return call(server, 'com.atproto.repo.putRecord', JSON.stringify(input))
}

async function call({ url, token }, method, body, type = 'application/json') {
  const answer = await fetch(new URL(`/xrpc/${method}`, url), {
    method: 'POST',
    headers: { 'content-type': type, ...(token !== null && { authorization: `Bearer ${token}` }) },
    body,
  })
  return { status: answer.status, body: await answer.json().catch(() => ({})) }
}

/** So many bytes that begin like a JPEG. */
function jpeg(length) {
  const bytes = Buffer.alloc(length, 1)
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0]).copy(bytes)
  return bytes
}
