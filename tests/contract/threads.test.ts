import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { decide } from '../../src/deliveries/decide.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { openNewsroom, type Newsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
const publishing: Record<PlatformId, { path: string; method: string }> = {
  telegram: { path: 'sendMessage', method: 'POST' },
  bluesky: { path: 'putRecord', method: 'POST' },
  mastodon: { path: '/api/v1/statuses', method: 'POST' },
}
const template = `---
card: false
---
{{ title }}

<a href="{{ url }}">{{ url }}</a>
<hr>
Le canal était fermé depuis deux ans.
<hr>
Les péniches passent de nouveau.
`

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What each post that stands answers to, by what its platform calls it. */
const wires = z.object({
  text: z.string().optional(),
  status: z.string().optional(),
  reply_parameters: z.object({ message_id: z.number() }).optional(),
  reply: z
    .object({ root: z.object({ uri: z.string() }), parent: z.object({ uri: z.string() }) })
    .optional(),
  in_reply_to_id: z.string().optional(),
})
function chain(
  room: Newsroom,
): { id: string; root?: string; parent: string | undefined; text: string }[] {
  return room.standIn.posts().map(({ id, wire }) => {
    const { text, status, reply, reply_parameters: message, in_reply_to_id: to } = wires.parse(wire)
    const parent = reply?.parent.uri ?? to ?? message?.message_id.toString()
    return { id, parent, text: text ?? status ?? '', ...(reply && { root: reply.root.uri }) }
  })
}

/** Publishes until nothing more happens by itself. */
async function settle(room: Newsroom): Promise<void> {
  for (let wait = 0; wait < 8; wait += 1) {
    await room.publish()
    room.later(61)
  }
}

describe.each(all)('a thread on %s', (platform) => {
  const call = publishing[platform]
  const open = () => openNewsroom(server, platform, undefined, { template })

  test('goes out part by part, each a reply to the one before, as one delivery', async () => {
    await using room = await open()
    const article = await room.announce()
    await settle(room)
    const delivery = await room.only(article)
    expect(delivery).toMatchObject({ state: 'published', error: null })
    const posts = chain(room)
    expect(posts).toHaveLength(3)
    expect(posts.map(({ parent }) => parent)).toEqual([undefined, posts[0]?.id, posts[1]?.id])
    expect(posts[1]?.text).toContain('Le canal était fermé')
    expect(posts[2]?.text).toContain('péniches')
    expect(delivery.url).toBe(room.standIn.posts()[0]?.url)
    if (platform === 'bluesky') expect(posts[2]?.root).toBe(posts[0]?.id)
  })

  test('whose third part fails goes on at the third part', async () => {
    await using room = await open()
    const article = await room.announce()
    const answer = { status: 503, body: '{"error":"UpstreamTimeout","message":"later"}' }
    const refused =
      platform === 'telegram'
        ? {
            status: 429,
            body: '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":5}}',
          }
        : answer
    room.standIn.fault({ kind: 'delay', ...call, ms: 0, times: 2 })
    room.standIn.fault({ kind: 'answer', ...call, ...refused })
    await settle(room)
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(room.standIn.posts()).toHaveLength(3)
    expect(room.standIn.posts().every(({ edits }) => edits === 0)).toBe(true)
  })

  test('that is refused in its second part says that one stands, and a retry goes on there', async () => {
    await using room = await open()
    const article = await room.announce()
    const body =
      platform === 'telegram'
        ? '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}'
        : '{"error":"InvalidRequest","message":"no"}'
    const status = platform === 'mastodon' ? 422 : 400
    // The first call passes, the second is refused.
    room.standIn.fault({ kind: 'delay', ...call, ms: 0 })
    room.standIn.fault({ kind: 'answer', ...call, status, body })
    await settle(room)
    const failed = await room.only(article)
    expect(failed).toMatchObject({ state: 'failed', error: { kind: 'rejected' } })
    expect(room.standIn.posts()).toHaveLength(1)
    const by = { who: 'test', door: 'cli' } as const
    const { db, clock } = room.means
    const means = { db, clock, wake: () => Promise.resolve() }
    const on = { delivery: Number(failed.id.slice(1)) }
    await decide(means, { on, version: failed.version, decision: { kind: 'retry' }, by })
    await settle(room)
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(chain(room).map(({ parent }) => parent)).toEqual([
      undefined,
      room.standIn.posts()[0]?.id,
      room.standIn.posts()[1]?.id,
    ])
  })
})
