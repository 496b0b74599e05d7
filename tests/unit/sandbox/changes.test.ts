import { AtpAgent } from '@atproto/api'
import { createRestAPIClient } from 'masto'
import { afterEach, describe, expect, test } from 'vitest'
import { bluesky, startBluesky } from '../../../src/sandbox/bluesky.ts'
import { mastodon, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

const behind = async ({ url }: StandIn, door: string): Promise<unknown> =>
  (await fetch(`${url}/_/${door}`)).json()

const POST = 'app.bsky.feed.post'
const where = { repo: bluesky.did, collection: POST, rkey: '3mabcdefghi2a' }
const record = (text: string) => ({ $type: POST, text, createdAt: '2026-11-24T04:05:06.789Z' })

async function onBluesky(pointsPerHour = 5000) {
  const clock = () => new Date('2026-11-24T04:30:00Z')
  const standIn = await startBluesky({ port: 0, file: null, clock, pointsPerHour })
  opened.push(standIn)
  const agent = new AtpAgent({ service: standIn.url })
  await agent.login({ identifier: bluesky.handle, password: bluesky.appPassword })
  const { repo } = agent.com.atproto
  const put = (text: string, swapRecord?: string | null) =>
    repo.putRecord({
      ...where,
      record: record(text),
      ...(swapRecord !== undefined && { swapRecord }),
    })
  return { standIn, repo, put }
}

describe('a record', () => {
  test('is replaced only where the one stands that was thought of', async () => {
    const { standIn, repo, put } = await onBluesky()
    const { data } = await put('Bonjour')
    await put('Bonsoir', data.cid)
    await expect(put('Salut', data.cid)).rejects.toMatchObject({ error: 'InvalidSwap' })
    await expect(put('Salut', null)).rejects.toMatchObject({ error: 'InvalidSwap' })
    expect((await put('Bonsoir', data.cid)).data).not.toHaveProperty('commit')
    expect(standIn.posts()).toMatchObject([{ edits: 1, wire: { text: 'Bonsoir' } }])
    await repo.deleteRecord(where)
    await expect(put('Bonsoir', data.cid)).rejects.toThrow('Record was at null')
  })

  test('is deleted once, and the same again is no failure', async () => {
    const { standIn, repo, put } = await onBluesky()
    await put('Bonjour')
    expect((await repo.deleteRecord(where)).data).toHaveProperty('commit')
    expect((await repo.deleteRecord(where)).data).not.toHaveProperty('commit')
    expect([standIn.posts(), standIn.removed().length]).toEqual([[], 1])
    expect(await behind(standIn, 'posts')).toEqual([])
    expect(await behind(standIn, 'removed')).toMatchObject([{ wire: { text: 'Bonjour' } }])
    await expect(repo.getRecord(where)).rejects.toMatchObject({ error: 'RecordNotFound' })
    await put('Bonjour')
    expect([standIn.posts().length, standIn.removed()]).toEqual([1, []])
  })

  test('takes a point of the hour to delete', async () => {
    const { repo, put } = await onBluesky(3)
    await put('Bonjour')
    const { headers } = await repo.deleteRecord(where)
    expect(headers['ratelimit-remaining']).toBe('0')
    await expect(repo.deleteRecord(where)).rejects.toMatchObject({ status: 429 })
  })

  test('of another account is left alone', async () => {
    const { repo } = await onBluesky()
    const other = { ...where, repo: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa' }
    await expect(repo.deleteRecord(other)).rejects.toMatchObject({ status: 400 })
  })
})

const START = Date.parse('2026-11-24T04:05:06Z')

async function onMastodon(postsPer3Hours = 300) {
  let now = START
  const clock = () => new Date(now)
  const standIn = await startMastodon({ port: 0, file: null, clock, postsPer3Hours })
  opened.push(standIn)
  const client = createRestAPIClient({ url: standIn.url, accessToken: mastodon.accessToken })
  const later = (minutes: number) => {
    now += minutes * 60_000
  }
  const one = (id: string) => client.v1.statuses.$select(id)
  return { standIn, client, one, later }
}

describe('a status', () => {
  test('is edited where something changes, and stays what else it was', async () => {
    const { standIn, client, one, later } = await onMastodon()
    const { id: root } = await client.v1.statuses.create({ status: 'Bonjour' })
    const how = { visibility: 'unlisted', inReplyToId: root } as const
    const { id, url } = await client.v1.statuses.create({ status: 'Suite', ...how })
    later(5)
    const edited = await one(id).update({ status: 'Fin', visibility: 'public' })
    expect(edited).toMatchObject({ id, url, ...how, content: '<p>Fin</p>' })
    expect(edited.editedAt).toBe('2026-11-24T04:10:06.000Z')
    later(5)
    expect((await one(id).update({ status: 'Fin' })).editedAt).toBe(edited.editedAt)
    expect(standIn.posts()).toMatchObject([{ edits: 0 }, { edits: 1, wire: { status: 'Fin' } }])
    expect(await one(id).fetch()).toMatchObject({ content: '<p>Fin</p>' })
  })

  test('loses in an edit what is left out: warning and pictures', async () => {
    const { standIn, client, one } = await onMastodon()
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const file = new File([Buffer.from(png, 'base64')], 'a.png', { type: 'image/png' })
    const picture = await client.v2.media.create({ file, skipPolling: true })
    const whole = { status: 'Bruit', spoilerText: 'Fort', mediaIds: [picture.id] }
    const { id } = await client.v1.statuses.create(whole)
    const kept = await one(id).update({ ...whole, status: 'Bruits' })
    expect(kept).toMatchObject({ spoilerText: 'Fort', mediaAttachments: [{ id: picture.id }] })
    const bare = await one(id).update({ status: 'Bruits' })
    expect(bare).toMatchObject({ spoilerText: '', mediaAttachments: [] })
    expect(standIn.posts()).toMatchObject([{ edits: 2, pictures: [] }])
    const stolen = client.v1.statuses.create({ status: 'Autre', mediaIds: [picture.id] })
    await expect(stolen).rejects.toMatchObject({ statusCode: 422 })
  })

  test('is edited out of the same 300 in three hours as it is posted', async () => {
    const { client, one } = await onMastodon(2)
    const { id } = await client.v1.statuses.create({ status: 'un' })
    const { headers } = await one(id).update.$raw({ status: 'deux' })
    expect(headers.get('x-ratelimit-remaining')).toBe('0')
    expect(headers.get('x-ratelimit-limit')).toBe('2')
    await one(id).update({ status: 'deux' }) // changes nothing, takes nothing
    await expect(one(id).update({ status: 'trois' })).rejects.toMatchObject({ statusCode: 429 })
  })

  test.for([
    [{ status: 'x'.repeat(501) }, 422],
    [{ status: '' }, 422],
    [{ status: 'x', mediaIds: ['12'] }, 422],
  ] as const)('%o is no edit', async ([params, statusCode]) => {
    const { standIn, client, one } = await onMastodon()
    const { id } = await client.v1.statuses.create({ status: 'un' })
    await expect(one(id).update(params)).rejects.toMatchObject({ statusCode })
    expect(standIn.posts()).toMatchObject([{ edits: 0 }])
  })

  test('is deleted once, answers its text, and is found no more', async () => {
    const { standIn, client, one } = await onMastodon()
    const { id } = await client.v1.statuses.create({ status: 'Bonjour' })
    expect(await one(id).remove()).toMatchObject({ id, text: 'Bonjour' })
    const gone = { statusCode: 404, message: 'Record not found' }
    await expect(one(id).remove()).rejects.toMatchObject(gone)
    await expect(one(id).update({ status: 'Encore' })).rejects.toMatchObject(gone)
    expect([standIn.posts(), standIn.removed().length]).toEqual([[], 1])
  })

  test('goes 30 times in 30 minutes and no more', async () => {
    const { client, one, later } = await onMastodon()
    const { id } = await client.v1.statuses.create({ status: 'Bonjour' })
    const { headers } = await one(id).remove.$raw()
    expect(headers.get('x-ratelimit-limit')).toBe('30')
    for (let at = 1; at < 30; at += 1)
      await expect(one(id).remove()).rejects.toMatchObject({ statusCode: 404 })
    await expect(one(id).remove()).rejects.toMatchObject({ statusCode: 429 })
    later(30)
    await expect(one(id).remove()).rejects.toMatchObject({ statusCode: 404 })
  })
})
