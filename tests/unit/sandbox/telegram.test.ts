import { Telegram } from 'telegraf'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { parseMarkup } from '../../../src/sandbox/telegram/markup.ts'
import { cleaned } from '../../../src/sandbox/telegram/clean.ts'
import { startTelegram, telegram, type TelegramOptions } from '../../../src/sandbox/telegram.ts'
import counting from '../../specs/counting.json' with { type: 'json' }

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

async function start(options: Partial<TelegramOptions> = {}) {
  const standIn = await startTelegram({ port: 0, file: null, ...options })
  opened.push(standIn)
  const bot = new Telegram(telegram.botToken, { apiRoot: standIn.url })
  return { standIn, bot }
}

/** One call by hand: the status and what the body says is wrong. */
async function call(
  { url }: StandIn,
  method: string,
  parameters: object,
  token: string = telegram.botToken,
) {
  const response = await fetch(`${url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  const { description } = z
    .object({ description: z.string().optional() })
    .parse(await response.json())
  return { status: response.status, said: description, headers: response.headers }
}

describe('a bot connects', () => {
  test('the bot, the channel and the right to post are as the Bot API shows them', async () => {
    const { bot } = await start()
    const me = await bot.getMe()
    expect(me).toMatchObject({ is_bot: true, id: 1000000001 })
    const chat = await bot.getChat(telegram.channel.toUpperCase())
    expect(chat).toMatchObject({ type: 'channel', username: 'belle_ecluse_sandbox' })
    expect(chat.id).toBeLessThan(-1_000_000_000_000)
    expect(await bot.getChatMember(chat.id, me.id)).toMatchObject({
      status: 'administrator',
      can_post_messages: true,
    })
  })

  test('a private channel has no username, and its posts an address for members', async () => {
    const channel = '-1001234567890'
    const { bot, standIn } = await start({
      accounts: [{ botToken: telegram.botToken, channel }],
    })
    expect(await bot.getChat(channel)).not.toHaveProperty('username')
    await bot.sendMessage(channel, 'Bonjour')
    expect(standIn.posts()[0]?.url).toMatch(/^https:\/\/t\.me\/c\/1234567890\/\d+$/)
  })

  test.each([
    ['an unknown token', '123456789:AAunknown_unknown_unknown_unknown_u', 401, 'Unauthorized'],
    ['something that is no token', 'nonsense', 404, 'Not Found'],
  ])('%s is refused', async (_what, token, status, said) => {
    const { standIn } = await start()
    expect(await call(standIn, 'getMe', {}, token)).toMatchObject({ status, said })
  })

  test.each([
    ['no-post', 400, 'Bad Request: need administrator rights in the channel chat'],
    ['member', 400, 'Bad Request: need administrator rights in the channel chat'],
    ['not-member', 403, 'Forbidden: bot is not a member of the channel chat'],
    ['kicked', 403, 'Forbidden: bot was kicked from the channel chat'],
  ] as const)('a bot with the rights «%s» may not post', async (rights, status, said) => {
    const { standIn } = await start({ accounts: [{ ...telegram, rights }] })
    const sent = await call(standIn, 'sendMessage', { chat_id: telegram.channel, text: 'Bonjour' })
    expect(sent).toMatchObject({ status, said })
    expect(standIn.posts()).toEqual([])
  })
})

describe('a message', () => {
  test('comes back as sent, numbered one after the other, and is kept as it arrived', async () => {
    const { bot, standIn } = await start()
    const extra = {
      entities: [{ type: 'text_link' as const, offset: 0, length: 4, url: 'https://exemple.fr/a' }],
      link_preview_options: { url: 'https://exemple.fr/a', prefer_large_media: true },
    }
    const first = await bot.sendMessage(telegram.channel, 'Lire 🗞', extra)
    const second = await bot.sendMessage(first.chat.id, 'Puis')
    expect(first).toMatchObject({ text: 'Lire 🗞', ...extra })
    expect(first.chat).toMatchObject({ username: 'belle_ecluse_sandbox', type: 'channel' })
    expect(second.message_id).toBe(first.message_id + 1)
    expect(standIn.posts()[0]).toMatchObject({
      id: String(first.message_id),
      url: `https://t.me/belle_ecluse_sandbox/${first.message_id}`,
      wire: { chat_id: telegram.channel, text: 'Lire 🗞', ...extra },
    })
  })

  test('the preview’s size counts only with an address', async () => {
    const { bot } = await start()
    const message = await bot.sendMessage(telegram.channel, 'Lire https://exemple.fr', {
      link_preview_options: { prefer_large_media: true },
    })
    expect(message).not.toHaveProperty('link_preview_options')
  })

  test('is taken from a form and from a query too', async () => {
    const { standIn } = await start()
    const entities = JSON.stringify([{ type: 'bold', offset: 0, length: 3 }])
    const form = new FormData()
    form.set('chat_id', telegram.channel)
    form.set('text', 'Été')
    form.set('entities', entities)
    const query = new URLSearchParams({ chat_id: telegram.channel, text: 'Été', entities })
    const root = `${standIn.url}/bot${telegram.botToken}/sendMessage`
    const sent = await Promise.all([
      fetch(root, { method: 'POST', body: form }),
      fetch(`${root}?${query.toString()}`),
    ])
    for (const response of sent)
      expect(await response.json()).toMatchObject({
        ok: true,
        result: { text: 'Été', entities: [{ type: 'bold', offset: 0, length: 3 }] },
      })
  })

  test('4096 code points pass, whatever their UTF-16 length, and one more does not', async () => {
    const { standIn, bot } = await start()
    await bot.sendMessage(telegram.channel, '😀'.repeat(4096))
    const long = { chat_id: telegram.channel, text: '😀'.repeat(4097) }
    expect(await call(standIn, 'sendMessage', long)).toMatchObject({
      status: 400,
      said: 'Bad Request: message is too long',
    })
  })

  const bold = (offset: number, length: number) => ({
    text: 'a😀b',
    entities: [{ type: 'bold', offset, length }],
  })
  test.each<[string, object, string]>([
    ['no text', {}, 'message text is empty'],
    ['blanks only', { text: ' \n ' }, 'text must be non-empty'],
    ['an unknown channel', { chat_id: '@nobody_here', text: 'a' }, 'chat not found'],
    ['no channel', { chat_id: '', text: 'a' }, 'chat_id is empty'],
    ['text of the wrong type', { text: ['a'] }, 'invalid parameter «text»'],
    ['an unknown parse mode', { text: 'a', parse_mode: 'Wiki' }, 'unsupported parse_mode'],
    [
      'an entity that begins inside a character',
      bold(2, 2),
      'entity begins in a middle of a UTF-16 symbol at byte offset 5',
    ],
    [
      'an entity that ends inside a character',
      bold(0, 2),
      'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5',
    ],
    [
      'an entity past the end',
      bold(3, 2),
      'entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 5',
    ],
    ['a negative offset', bold(-1, 2), 'receive an entity with incorrect offset -1'],
    [
      'an unknown kind of entity',
      { text: 'a', entities: [{ type: 'blink', offset: 0, length: 1 }] },
      "can't parse MessageEntity: Unsupported type specified",
    ],
    [
      'a link without address',
      { text: 'a', entities: [{ type: 'text_link', offset: 0, length: 1 }] },
      `can't parse MessageEntity: Can't find field "url"`,
    ],
    [
      'preview options of the wrong type',
      { text: 'a', link_preview_options: { is_disabled: 'yes' } },
      "can't parse link preview options JSON object",
    ],
    [
      'an answer to a message that is gone',
      { text: 'a', reply_parameters: { message_id: 3 } },
      'message to be replied not found',
    ],
    [
      'too much markup',
      { text: `<b>${'a'.repeat(32_768)}</b>`, parse_mode: 'HTML' },
      'text is too long',
    ],
    [
      'links that are too long together',
      {
        text: 'abc',
        entities: [0, 1, 2].map((offset) => ({
          ...{ type: 'text_link', offset, length: 1 },
          url: `https://exemple.fr/${'x'.repeat(3200)}`,
        })),
      },
      'ENTITIES_TOO_LONG',
    ],
    [
      'an unknown tag',
      { text: 'Éa <p>b</p>', parse_mode: 'HTML' },
      `can't parse entities: Unsupported start tag "p" at byte offset 4`,
    ],
    [
      'an open tag',
      { text: '<b>a', parse_mode: 'html' },
      `can't parse entities: Can't find end tag corresponding to start tag "b"`,
    ],
    [
      'tags that cross',
      { text: '<b><i>a</b></i>', parse_mode: 'HTML' },
      `can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
    ],
  ])('%s is refused', async (_what, parameters, said) => {
    const { standIn } = await start()
    const sent = await call(standIn, 'sendMessage', { chat_id: telegram.channel, ...parameters })
    expect(sent).toMatchObject({ status: 400, said: `Bad Request: ${said}` })
    expect(standIn.posts()).toEqual([])
  })

  test('a method that does not exist is not found', async () => {
    const { standIn } = await start()
    expect(await call(standIn, 'sendPigeon', {})).toMatchObject({
      status: 404,
      said: 'Not Found: method not found',
    })
  })

  test('more than the pace is told to wait, in the body and in the header', async () => {
    const at = new Date('2026-11-24T04:05:06Z')
    const { standIn, bot } = await start({ pace: 2, clock: () => at })
    await bot.sendMessage(telegram.channel, 'un')
    await bot.sendMessage(telegram.channel, 'deux')
    await expect(bot.sendMessage(telegram.channel, 'trois')).rejects.toMatchObject({
      response: { error_code: 429, parameters: { retry_after: 1 } },
    })
    const again = await call(standIn, 'sendMessage', { chat_id: telegram.channel, text: 'trois' })
    expect(again.headers.get('retry-after')).toBe('1')
    expect(standIn.posts()).toHaveLength(2)
  })
})

test('markup and clean-up leave the text and the length that the real server counts', () => {
  const wrong = counting.vectors
    .filter((one) => one.platform === 'telegram' && one.text.trim() !== '')
    .filter(({ text, count, parsed }) => {
      const { text: made } = cleaned(parseMarkup(text))
      return Array.from(made).length !== count || (parsed !== undefined && made !== parsed)
    })
  expect(wrong).toEqual([])
})
