import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { openNewsroom, type Newsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
/** The calls that publish and that take down. */
const calls: Record<'publish' | 'remove', Record<PlatformId, { path: string; method: string }>> = {
  publish: {
    telegram: { path: 'sendMessage', method: 'POST' },
    bluesky: { path: 'putRecord', method: 'POST' },
    mastodon: { path: '/api/v1/statuses', method: 'POST' },
  },
  remove: {
    telegram: { path: 'deleteMessage', method: 'POST' },
    bluesky: { path: 'deleteRecord', method: 'POST' },
    mastodon: { path: '/api/v1/statuses/', method: 'DELETE' },
  },
}
/** Three parts; the last one only while the article has an excerpt. */
const template = `---
card: false
---
{{ title }}

<a href="{{ url }}">{{ url }}</a>
<hr>
Le canal était fermé depuis deux ans.
{% if excerpt %}<hr>
{{ excerpt }}{% endif %}
`

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

async function settle(room: Newsroom): Promise<void> {
  for (let wait = 0; wait < 8; wait += 1) {
    await room.follow()
    await room.publish()
    room.later(61)
  }
}

const texts = (room: Newsroom) => room.standIn.posts().map(({ wire }) => JSON.stringify(wire))
const removals = (room: Newsroom) => {
  const { method, path } = calls.remove[room.standIn.platform]
  return room.standIn.seen().filter((one) => one.method === method && one.path.includes(path))
}

describe.each(all)('a thread on %s', (platform) => {
  const open = (more = {}) =>
    openNewsroom(server, platform, undefined, { template, policy: { edit: true }, ...more })

  test('is taken down whole', async () => {
    await using room = await open()
    const article = await room.announce()
    await settle(room)
    expect(room.standIn.posts()).toHaveLength(3)
    await room.say(article, { kind: 'delete' })
    await settle(room)
    expect(room.standIn.posts()).toEqual([])
    expect(room.standIn.removed()).toHaveLength(3)
    expect(removals(room)).toHaveLength(3)
    expect(await room.only(article)).toMatchObject({
      state: 'deleted',
      parts: [{ stands: false }, { stands: false }, { stands: false }],
    })
  })

  test('is taken down from its end; what breaks off in the middle goes on there, and asks for nothing twice', async () => {
    await using room = await open()
    const article = await room.announce()
    await settle(room)
    room.standIn.fault({ kind: 'delay', ...calls.remove[platform], ms: 0 })
    room.standIn.fault({ kind: 'drop-before', ...calls.remove[platform] })
    await room.say(article, { kind: 'delete' })
    await room.publish()
    const { state, parts, change } = await room.only(article)
    expect(parts.map(({ stands }) => stands)).toEqual([true, true, false])
    expect({ state, change: change?.state }).toEqual({ state: 'published', change: 'waiting' })
    await settle(room)
    expect(room.standIn.posts()).toEqual([])
    expect(await room.only(article)).toMatchObject({ state: 'deleted', change: null })
    expect(removals(room)).toHaveLength(4)
  })

  test('that failed in its second part: what stands of it can be taken down', async () => {
    await using room = await open()
    const article = await room.announce()
    const body =
      platform === 'telegram'
        ? '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}'
        : '{"error":"InvalidRequest","message":"no"}'
    const status = platform === 'mastodon' ? 422 : 400
    room.standIn.fault({ kind: 'delay', ...calls.publish[platform], ms: 0 })
    room.standIn.fault({ kind: 'answer', ...calls.publish[platform], status, body })
    await settle(room)
    expect(await room.only(article)).toMatchObject({ state: 'failed' })
    expect(room.standIn.posts()).toHaveLength(1)
    expect(await room.say(article, { kind: 'delete' })).toMatchObject({
      moved: [{ from: 'failed' }],
    })
    await settle(room)
    expect(room.standIn.posts()).toEqual([])
    expect(await room.only(article)).toMatchObject({ state: 'deleted', error: null })
  })

  test('is edited part by part: only what says something else is asked for, what is left over goes', async () => {
    await using room = await open()
    const article = await room.announce()
    await settle(room)
    await room.revise(article, { excerpt: 'Les péniches repassent.' })
    await settle(room)
    expect(texts(room)[2]).toContain('Les péniches repassent.')
    expect(room.standIn.posts().map(({ edits }) => edits)).toEqual([0, 0, 1])
    await room.revise(article, { title: 'Le canal', excerpt: '' })
    await settle(room)
    expect(texts(room)).toHaveLength(2)
    expect(texts(room)[0]).toContain('Le canal\\n')
    expect(await room.only(article)).toMatchObject({ state: 'published', change: null })
    // There is no third part any more, and none is added.
    await room.revise(article, { title: 'Le canal rouvre', excerpt: 'Encore.' })
    await settle(room)
    expect(texts(room)).toHaveLength(2)
    expect(texts(room)[0]).toContain('Le canal rouvre')
    expect(await room.only(article)).toMatchObject({ state: 'published', change: null })
  })
})
