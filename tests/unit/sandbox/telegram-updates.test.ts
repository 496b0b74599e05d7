import { afterEach, describe, expect, test } from 'vitest'
import { telegram } from '../../../src/sandbox/telegram.ts'
import { agathe, call, closeAll, heard, start } from './telegram-support.ts'

afterEach(closeAll)

const ids = (updates: readonly { update_id: number }[]) => updates.map(({ update_id }) => update_id)

describe('what people say', () => {
  test('comes as a message with who said it, where, and the command in it', async () => {
    const { standIn } = await start()
    const { message_id } = standIn.say({ user: agathe, text: '/post https://journal.example/a.' })
    expect(await heard(standIn)).toMatchObject([
      {
        message: {
          message_id,
          from: { id: 700_001, is_bot: false, first_name: 'Agathe', language_code: 'fr' },
          chat: { id: 700_001, type: 'private', username: 'agathe_b' },
          date: 1_795_493_106,
          text: '/post https://journal.example/a.',
          entities: [
            { type: 'bot_command', offset: 0, length: 5 },
            { type: 'url', offset: 6, length: 25 },
          ],
        },
      },
    ])
  })

  test('is heard by whoever waits for it, at once', async () => {
    const { standIn } = await start()
    const waiting = heard(standIn, { timeout: 50 })
    await expect.poll(() => standIn.seen().length).toBe(1)
    standIn.say({ user: agathe, text: 'Bonjour' })
    expect(await waiting).toMatchObject([{ message: { text: 'Bonjour' } }])
  })

  test('comes again until a later offset confirms it', async () => {
    const { standIn } = await start()
    for (const text of ['un', 'deux', 'trois']) standIn.say({ user: agathe, text })
    const [first = 0, second = 0, third = 0] = ids(await heard(standIn))
    expect([second, third]).toEqual([first + 1, first + 2])
    expect(ids(await heard(standIn, { limit: 1 }))).toEqual([first])
    expect(ids(await heard(standIn, { offset: second }))).toEqual([second, third])
    expect(ids(await heard(standIn))).toEqual([second, third])
    expect(ids(await heard(standIn, { offset: -1 }))).toEqual([third])
    expect(ids(await heard(standIn, { offset: third + 1 }))).toEqual([])
  })

  test('is kept for a day, the press of a button for 150 seconds', async () => {
    const { standIn, bot, later } = await start()
    standIn.say({ user: agathe, text: 'Bonjour' })
    const inline_keyboard = [[{ text: 'Oui', callback_data: 'y' }]]
    const { message_id } = await bot.sendMessage(agathe.id, '?', {
      reply_markup: { inline_keyboard },
    })
    standIn.press({ user: agathe.id, message_id, data: 'y' })
    later(149)
    expect(await heard(standIn)).toHaveLength(2)
    later(1)
    expect(await heard(standIn)).toMatchObject([{ message: { text: 'Bonjour' } }])
    later(24 * 3600 - 150)
    expect(await heard(standIn)).toEqual([])
  })

  test('is numbered on after a restart, and an offset of another server changes nothing', async () => {
    const { standIn } = await start()
    standIn.say({ user: agathe, text: 'Bonjour' })
    const before = await heard(standIn)
    expect(await heard(standIn, { offset: 2_100_000_000 })).toEqual(before)
    const again = await start({ clock: () => new Date('2026-11-24T05:00:00Z') })
    again.standIn.say({ user: agathe, text: 'Bonjour' })
    const [one = 0, two = 0] = [...ids(before), ...ids(await heard(again.standIn))]
    expect(two).toBeGreaterThan(one)
  })
})

describe('two who read one bot', () => {
  test('the first is sent away, the second hears', async () => {
    const { standIn } = await start()
    const first = call(standIn, 'getUpdates', { timeout: 50 })
    await expect.poll(() => standIn.seen().length).toBe(1)
    const second = heard(standIn, { timeout: 50 })
    expect(await first).toMatchObject({
      status: 409,
      said: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    standIn.say({ user: agathe, text: 'Bonjour' })
    expect(await second).toHaveLength(1)
  })

  test('bots with their own tokens do not disturb each other', async () => {
    const other = '1000000002:AAsandbox_no_bot_of_Telegram_has_it'
    const { standIn } = await start({
      accounts: [telegram, { botToken: other, channel: '@other_channel' }],
    })
    standIn.say({ user: agathe, text: 'un' })
    standIn.say({ user: agathe, text: 'deux', bot: 1_000_000_002 })
    expect(await heard(standIn)).toMatchObject([{ message: { text: 'un' } }])
    const { result } = await call(standIn, 'getUpdates', {}, other)
    expect(result).toMatchObject([{ message: { text: 'deux' } }])
  })
})

describe('the types asked for', () => {
  const react = { reactions: [{ emoji: '👍', count: 3 }] }

  test('are remembered; the usual ones leave reactions out', async () => {
    const { standIn, bot } = await start()
    const { message_id: id } = await bot.sendMessage(telegram.channel, 'Bonjour')
    standIn.react({ id, ...react })
    expect(await heard(standIn, { allowed_updates: ['message_reaction_count'] })).toEqual([])
    standIn.react({ id, ...react })
    standIn.say({ user: agathe, text: 'nobody asked' })
    expect(await heard(standIn)).toMatchObject([{ message_reaction_count: { message_id: id } }])
    expect(await bot.getWebhookInfo()).toMatchObject({
      url: '',
      pending_update_count: 1,
      allowed_updates: ['message_reaction_count'],
    })
    await heard(standIn, { allowed_updates: [] })
    expect(await bot.getWebhookInfo()).not.toHaveProperty('allowed_updates')
  })

  test('reactions come as the whole state, to administrators only', async () => {
    const guest = '1000000002:AAsandbox_no_bot_of_Telegram_has_it'
    const { standIn, bot } = await start({
      accounts: [telegram, { ...telegram, botToken: guest, rights: 'member' }],
    })
    const { message_id: id, chat } = await bot.sendMessage(telegram.channel, 'Bonjour')
    const allowed_updates = JSON.stringify(['message', 'message_reaction_count'])
    for (const token of [telegram.botToken, guest])
      await call(standIn, 'getUpdates', { allowed_updates }, token)
    standIn.react({
      id,
      reactions: [
        { emoji: '👍', count: 3 },
        { custom: '5460', count: 2 },
        { emoji: '🔥', count: 0 },
      ],
    })
    expect(await heard(standIn)).toMatchObject([
      {
        message_reaction_count: {
          chat: { id: chat.id, username: 'belle_ecluse_sandbox' },
          message_id: id,
          date: 1_795_493_106,
          reactions: [
            { type: { type: 'emoji', emoji: '👍' }, total_count: 3 },
            { type: { type: 'custom_emoji', custom_emoji_id: '5460' }, total_count: 2 },
          ],
        },
      },
    ])
    expect((await call(standIn, 'getUpdates', {}, guest)).result).toEqual([])
  })
})

test('a deleted webhook may take what is waiting with it', async () => {
  const { standIn, bot } = await start()
  standIn.say({ user: agathe, text: 'Bonjour' })
  await bot.deleteWebhook()
  expect(await heard(standIn)).toHaveLength(1)
  await bot.deleteWebhook({ drop_pending_updates: true })
  expect(await heard(standIn)).toEqual([])
})
