import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/telegram/connection.ts'
import type { Syndication } from '../../../../src/platforms/platform.ts'
import type { Draft } from '../../../../src/posts/post.ts'
import { draft, failureOf, now, publication, type Request, serve, soon } from '../support.ts'

const botToken = '123456789:AAF-crieur-unit-test-token-0000000'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const publicChat = { id: -1001234567890, type: 'channel', title: 'Square', username: 'square' }

/** A Bot API in a few lines; `results` by method. */
async function connect(results: Record<string, unknown>) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    return { body: { ok: true, result: results[request.path.split('/').at(-1) ?? ''] } }
  })
  closing.push(close)
  const own = { botToken, channel: '@square', apiRoot: url, previewRoot: url, admins: [] }
  return { seen, connection: await open(own, { clock: () => now, connectMs: 1000 }) }
}

const standing = (chat: object, member: object) => ({
  getMe: { id: 123456789, username: 'crier_bot' },
  getChat: chat,
  getChatMember: member,
})
const poster = { status: 'administrator', can_post_messages: true }

describe('check', () => {
  test('a public channel', async () => {
    const { connection } = await connect(standing(publicChat, poster))
    expect(await connection.check(soon())).toEqual({
      identity: '-1001234567890',
      title: '@square',
      url: 'https://t.me/square',
      limits: { text: 4096, images: 1, caption: 1024 },
    })
  })

  test('a private channel has a title and no address', async () => {
    const { id, type, title } = publicChat
    const { connection } = await connect(standing({ id, type, title }, { status: 'creator' }))
    expect(await connection.check(soon())).toMatchObject({ title: 'Square', url: null })
  })

  test.for([
    [publicChat, { status: 'left' }, 'administrator'],
    [publicChat, { status: 'administrator', can_post_messages: false }, 'Post messages'],
    [{ ...publicChat, type: 'private' }, { status: 'member' }, 'a person'],
    [{ ...publicChat, type: 'supergroup' }, { status: 'restricted' }, 'write'],
  ] as const)('%o with %o may not post', async ([chat, member, named]) => {
    const { connection } = await connect(standing(chat, member))
    const error = await failureOf(connection.check(soon()), [botToken])
    expect([error.kind, error.reason]).toEqual(['unauthorized', expect.stringContaining(named)])
  })
})

describe('publish', () => {
  const sent = { message_id: 41, chat: publicChat }

  test('text and entities, never markup; the card by its address', async () => {
    const { connection, seen } = await connect({ sendMessage: sent })
    const full: Draft = {
      ...draft,
      text: '🎺 Crier #news read',
      facets: [
        { kind: 'bold', start: 0, end: 8 },
        { kind: 'hashtag', start: 9, end: 14, value: 'news' },
        { kind: 'link', start: 15, end: 19, value: 'https://town.example/a?b=1&c=2' },
      ],
      card: {
        url: 'https://town.example/a',
        title: '',
        description: '',
        image: null,
        above: false,
      },
    }
    expect(await connection.publish(full, publication, soon())).toEqual({
      id: '41',
      url: 'https://t.me/square/41',
    })
    expect(seen.map(({ body }) => body)).toEqual([
      {
        chat_id: '@square',
        text: '🎺 Crier #news read',
        entities: [
          { type: 'bold', offset: 0, length: 8 },
          { type: 'text_link', offset: 15, length: 4, url: 'https://town.example/a?b=1&c=2' },
        ],
        link_preview_options: {
          url: 'https://town.example/a',
          prefer_large_media: true,
          show_above_text: false,
        },
      },
    ])
  })

  test('no card, no preview; a further part answers the one before', async () => {
    const { connection, seen } = await connect({ sendMessage: sent })
    const before = { id: '40', url: null }
    const part = { ...publication, replyTo: { root: before, parent: before } }
    await connection.publish(draft, part, soon())
    expect(seen[0]?.body).toMatchObject({
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: 40, allow_sending_without_reply: true },
    })
  })

  test('once checked, the channel is known by its number', async () => {
    const { connection, seen } = await connect({
      ...standing(publicChat, poster),
      sendMessage: { message_id: 41, chat: { id: -1001234567890, type: 'channel' } },
    })
    await connection.check(soon())
    const { url } = await connection.publish(draft, publication, soon())
    expect(seen.at(-1)?.body).toMatchObject({ chat_id: -1001234567890 })
    expect(url).toBeNull()
  })
})

describe('an edit', () => {
  const text: Syndication = { id: '41', url: 'https://t.me/square/41' }
  const photo: Syndication = { ...text, caption: true }
  const no = (what: string) => ({
    status: 400,
    body: {
      ...{ ok: false, error_code: 400 },
      description: `Bad Request: there is no ${what} in the message to edit`,
    },
  })
  const done = { body: { ok: true, result: { message_id: 41, chat: publicChat } } }
  const full: Draft = {
    ...draft,
    text: 'Crier, mended',
    facets: [{ kind: 'bold', start: 0, end: 5 }],
  }

  /** A channel with one message, a text or a picture. */
  async function channelWith(message: 'text' | 'caption') {
    const seen: Request[] = []
    const { url, close } = await serve((request) => {
      seen.push(request)
      const asked = request.path.endsWith('editMessageCaption') ? 'caption' : 'text'
      return asked === message ? done : no(asked)
    })
    closing.push(close)
    const own = { botToken, channel: '@square', apiRoot: url, previewRoot: url, admins: [] }
    const connection = await open(own, { clock: () => now, connectMs: 1000 })
    const edit = (known: Syndication) => connection.edit(known, full, publication, soon())
    return { seen, edit }
  }

  test('of a text says its preview again, which would come back otherwise', async () => {
    const { edit, seen } = await channelWith('text')
    expect(await edit(text)).toEqual(text)
    const style = [{ type: 'bold', offset: 0, length: 5 }]
    expect(seen.map(({ body }) => body)).toEqual([
      {
        ...{ chat_id: '@square', message_id: 41 },
        ...{ text: full.text, entities: style, link_preview_options: { is_disabled: true } },
      },
    ])
  })

  test('of a picture is one of its caption', async () => {
    const { edit, seen } = await channelWith('caption')
    expect(await edit(photo)).toEqual(photo)
    const style = [{ type: 'bold', offset: 0, length: 5 }]
    expect(seen.map(({ body }) => body)).toEqual([
      { chat_id: '@square', message_id: 41, caption: full.text, caption_entities: style },
    ])
  })

  test('of what is known as the other tries that, and remembers it', async () => {
    const picture = await channelWith('caption')
    expect(await picture.edit(text)).toEqual(photo)
    const words = await channelWith('text')
    expect(await words.edit(photo)).toEqual(text)
    expect([picture.seen.length, words.seen.length]).toEqual([2, 2])
  })
})
