/** What a real server refuses the stand-in refuses too, by the same status and error name. */
import assert from 'node:assert/strict'
import { bluesky, startBluesky } from '../src/sandbox/bluesky.ts'
import { external, POST, records, told } from './records.mjs'

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
