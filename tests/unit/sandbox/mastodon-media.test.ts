import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createRestAPIClient } from 'masto'
import { afterEach, describe, expect, test } from 'vitest'
import { mastodon, type MastodonOptions, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { gif, png } from './pictures.ts'

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

const neighbour = { username: 'mairie', accessToken: 'token-of-the-town-hall' }

async function start(options: Partial<MastodonOptions> = {}) {
  const accounts = [mastodon, neighbour]
  const standIn = await startMastodon({ port: 0, file: null, accounts, ...options })
  opened.push(standIn)
  const clientOf = (accessToken: string) => createRestAPIClient({ url: standIn.url, accessToken })
  const client = clientOf(mastodon.accessToken)
  const upload = (bytes: Buffer<ArrayBuffer> = png(800, 400), description = 'Le pont') =>
    client.v2.media.create({
      file: new File([bytes], 'a', { type: 'image/png' }),
      description,
      skipPolling: true,
    })
  const status = async (id: string) => {
    const headers = { authorization: `Bearer ${mastodon.accessToken}` }
    return (await fetch(`${standIn.url}/api/v1/media/${id}`, { headers })).status
  }
  return { standIn, client, clientOf, upload, status }
}

describe('an upload', () => {
  test('is ready at once, and goes with one post', async () => {
    const { standIn, client, upload, status } = await start()
    const media = await upload()
    expect(media).toMatchObject({ type: 'image', description: 'Le pont' })
    expect(media.url).toContain(standIn.url)
    expect(await status(media.id)).toBe(200)
    const post = await client.v1.statuses.create({
      status: 'La fanfare',
      mediaIds: [media.id],
      spoilerText: 'Fort',
    })
    expect(post).toMatchObject({ spoilerText: 'Fort', sensitive: true, visibility: 'public' })
    expect(post.mediaAttachments).toMatchObject([{ id: media.id, description: 'Le pont' }])
    expect(standIn.posts()[0]?.pictures).toEqual([
      { mime: 'image/png', width: 800, height: 400, bytes: 200, alt: 'Le pont' },
    ])
    expect(await status(media.id)).toBe(404)
    const again = client.v1.statuses.create({ status: 'Encore', mediaIds: [media.id] })
    await expect(again).rejects.toMatchObject({
      statusCode: 422,
      message: `Media ${media.id} not found or already attached to another post`,
    })
  })

  test('needs no text beside it', async () => {
    const { client, upload } = await start()
    const { id } = await upload()
    expect((await client.v1.statuses.create({ mediaIds: [id] })).content).toBe('')
  })

  test('that is processed for a while is told so, and cannot be posted yet', async () => {
    const { standIn, client, upload, status } = await start()
    standIn.media({ polls: 2 })
    const { id, url } = await upload()
    expect(url).toBeNull()
    const early = client.v1.statuses.create({ status: 'Trop tôt', mediaIds: [id] })
    await expect(early).rejects.toThrow('have not finished processing')
    expect([await status(id), await status(id), await status(id)]).toEqual([206, 206, 200])
    await client.v1.statuses.create({ status: 'Maintenant', mediaIds: [id] })
    expect((await upload()).url).not.toBeNull()
  })

  test('may be processed in vain, by an order over HTTP too', async () => {
    const { standIn, upload, status } = await start()
    await fetch(`${standIn.url}/_/media`, {
      method: 'POST',
      body: JSON.stringify({ polls: 1, fails: true }),
    })
    const { id } = await upload()
    expect([await status(id), await status(id)]).toEqual([206, 422])
  })

  test('is its owner’s alone', async () => {
    const { clientOf, upload } = await start()
    const { id } = await upload()
    const other = clientOf(neighbour.accessToken)
    await expect(other.v1.media.$select(id).fetch()).rejects.toMatchObject({ statusCode: 404 })
    const taken = other.v1.statuses.create({ status: 'À moi', mediaIds: [id] })
    await expect(taken).rejects.toThrow('not found or already attached')
  })

  test('is described anew while nobody posted it', async () => {
    const { client, upload } = await start()
    const { id } = await upload()
    const changed = await client.v1.media.$select(id).update({ description: 'L’écluse' })
    expect(changed.description).toBe('L’écluse')
  })
})

test.for<[string, Buffer<ArrayBuffer>, string]>([
  ['nothing', Buffer.alloc(0), "can't be blank"],
  ['a page', Buffer.from('<!DOCTYPE html>'), 'could not be verified'],
  ['more than 16 MB', png(10, 10, 16 * 1024 * 1024 + 1), 'less than 16 MB'],
  ['too many pixels', png(8000, 8000), '8000x8000 images are not supported'],
  ['a large animation', gif(1281, 720), '1281x720 images are not supported'],
])('%s is refused', async ([, bytes, words]) => {
  const { upload } = await start()
  await expect(upload(bytes)).rejects.toMatchObject({
    statusCode: 422,
    message: expect.stringContaining(words),
  })
})

test('a description ends at 1500 characters', async () => {
  const { upload } = await start()
  await upload(png(10, 10), '🎺'.repeat(1500))
  await expect(upload(png(10, 10), 'a'.repeat(1501))).rejects.toThrow('Description is too long')
})

test('four pictures go with a post, thirty are taken in half an hour', async () => {
  const { client, upload } = await start({ clock: () => new Date('2026-11-24T04:05:06Z') })
  const ids: string[] = []
  for (let count = 0; count < 30; count += 1) ids.push((await upload()).id)
  await expect(upload()).rejects.toMatchObject({ statusCode: 429 })
  const five = client.v1.statuses.create({ status: 'Cinq', mediaIds: ids.slice(0, 5) })
  await expect(five).rejects.toThrow('more than 4 files')
  const four = await client.v1.statuses.create({ status: 'Quatre', mediaIds: ids.slice(0, 4) })
  expect(four.mediaAttachments.map(({ id }) => id)).toEqual(ids.slice(0, 4))
})

test('a token that may not upload is told so', async () => {
  const accounts = [{ ...mastodon, scopes: ['read', 'write:statuses'] }]
  const { upload } = await start({ accounts })
  await expect(upload()).rejects.toMatchObject({ statusCode: 403 })
})

test('a name of the instance is told, unless it was not expected', async () => {
  const { client } = await start()
  const status = 'Avec @mairie et @inconnue'
  const post = await client.v1.statuses.create({ status })
  expect(post.mentions).toMatchObject([{ acct: 'mairie' }])
  expect(post.content).toContain('class="u-url mention"')
  await expect(client.v1.statuses.create({ status, allowedMentions: [] })).rejects.toThrow(
    'unexpected accounts',
  )
})

test('pictures are known again after a restart', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'crieur-media-'))
  try {
    const file = path.join(folder, 'posts.jsonl')
    const first = await start({ file })
    const [used, unused] = [await first.upload(), await first.upload()]
    await first.client.v1.statuses.create({ status: 'La fanfare', mediaIds: [used.id] })
    await first.standIn.close()
    const second = await start({ file })
    expect([await second.status(used.id), await second.status(unused.id)]).toEqual([404, 200])
    expect(second.standIn.posts()[0]?.pictures).toHaveLength(1)
    const [shown] = await second.client.v1.accounts
      .$select((await second.client.v1.accounts.verifyCredentials()).id)
      .statuses.list()
    expect(shown?.mediaAttachments).toMatchObject([{ id: used.id }])
  } finally {
    await rm(folder, { recursive: true })
  }
})
