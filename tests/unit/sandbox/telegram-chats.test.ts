import { afterEach, describe, expect, test } from 'vitest'
import { telegram } from '../../../src/sandbox/telegram.ts'
import { agathe, call, closeAll, heard, start } from './telegram-support.ts'

afterEach(closeAll)

const keyboard = <B extends object>(...buttons: B[]) => ({
  reply_markup: { inline_keyboard: [buttons] },
})
const yes = { text: 'Oui', callback_data: 'y:a12' }

/** A person who has started the bot. */
async function begun() {
  const opened = await start()
  opened.standIn.say({ user: agathe, text: '/start' })
  return opened
}

describe('a private chat', () => {
  test('shows what was said, in order, with styles and buttons', async () => {
    const { standIn, bot } = await begun()
    const reply = { message_id: 301 }
    const sent = await bot.sendMessage(agathe.id, '<b>Un</b> article', {
      parse_mode: 'HTML',
      reply_parameters: reply,
      reply_markup: {
        inline_keyboard: [[yes, { text: 'Voir', url: 'https://journal.example/a' }]],
      },
    })
    expect(sent).toMatchObject({
      from: { is_bot: true, id: 1_000_000_001 },
      chat: { id: agathe.id, type: 'private' },
      reply_to_message: reply,
    })
    expect(standIn.chats()).toEqual([
      {
        user: agathe,
        bot: 1_000_000_001,
        blocked: false,
        messages: [
          {
            ...{ message_id: 301, by: 'person', text: '/start', buttons: [], edits: 0 },
            entities: [{ type: 'bot_command', offset: 0, length: 6 }],
            reply_to: null,
          },
          {
            ...{ message_id: 302, by: 'bot', text: 'Un article', edits: 0, reply_to: 301 },
            entities: [{ type: 'bold', offset: 0, length: 2 }],
            buttons: [
              [
                { text: 'Oui', data: 'y:a12' },
                { text: 'Voir', url: 'https://journal.example/a' },
              ],
            ],
          },
        ],
      },
    ])
  })

  test('is edited in place; an edit without buttons takes them away', async () => {
    const { standIn, bot } = await begun()
    const { message_id } = await bot.sendMessage(agathe.id, 'Publier ?', keyboard(yes))
    const edited = await bot.editMessageText(agathe.id, message_id, undefined, 'Publié', {
      entities: [{ type: 'bold', offset: 0, length: 6 }],
    })
    expect(edited).toMatchObject({ message_id, text: 'Publié', edit_date: expect.any(Number) })
    expect(standIn.chats()[0]?.messages[1]).toMatchObject({
      ...{ text: 'Publié', buttons: [], edits: 1 },
      entities: [{ type: 'bold', offset: 0, length: 6 }],
    })
    await bot.editMessageReplyMarkup(agathe.id, message_id, undefined, {
      inline_keyboard: [[yes]],
    })
    expect(standIn.chats()[0]?.messages[1]).toMatchObject({
      ...{ text: 'Publié', edits: 2 },
      buttons: [[{ text: 'Oui', data: 'y:a12' }]],
    })
  })

  test.each<[string, object, string]>([
    [
      'the same again',
      { message_id: 302, text: 'Publier ?', ...keyboard(yes) },
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    ],
    ['one that does not exist', { message_id: 309, text: 'a' }, 'message to edit not found'],
    ['none', { text: 'a' }, 'message to edit not found'],
    ['the person’s own', { message_id: 301, text: 'a' }, "message can't be edited"],
    ['into nothing', { message_id: 302, text: ' ' }, 'text must be non-empty'],
    ['into too much', { message_id: 302, text: 'a'.repeat(4097) }, 'message is too long'],
  ])('editing %s is refused', async (_what, parameters, said) => {
    const { standIn, bot } = await begun()
    await bot.sendMessage(agathe.id, 'Publier ?', keyboard(yes))
    const answer = await call(standIn, 'editMessageText', { chat_id: agathe.id, ...parameters })
    expect(answer).toMatchObject({ status: 400, said: `Bad Request: ${said}` })
    expect(standIn.chats()[0]?.messages[1]).toMatchObject({ text: 'Publier ?', edits: 0 })
  })

  test('is closed to a bot that was not started or is blocked, until the person writes', async () => {
    const { standIn } = await start()
    const send = () => call(standIn, 'sendMessage', { chat_id: agathe.id, text: 'Bonjour' })
    expect(await send()).toMatchObject({
      status: 403,
      said: "Forbidden: bot can't initiate conversation with a user",
    })
    standIn.say({ user: agathe, text: '/start' })
    expect(await send()).toMatchObject({ status: 200 })
    standIn.block({ user: agathe.id })
    expect(await send()).toMatchObject({
      status: 403,
      said: 'Forbidden: bot was blocked by the user',
    })
    standIn.say({ user: agathe, text: '/start' })
    expect(await send()).toMatchObject({ status: 200 })
  })
})

describe('buttons', () => {
  test.each<[string, object, string | null]>([
    ['64 bytes of data', { text: 'a', callback_data: 'é'.repeat(32) }, null],
    ['65', { text: 'a', callback_data: `${'é'.repeat(32)}a` }, 'BUTTON_DATA_INVALID'],
    [
      'neither data nor address',
      { text: 'a', callback_data: '' },
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'no text',
      { callback_data: 'a' },
      `can't parse inline keyboard button: Can't find field "text"`,
    ],
    [
      'an address without a dot',
      { text: 'a', url: 'http://localhost:8080/' },
      "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
    ],
    ['a loopback address in digits', { text: 'a', url: 'http://127.0.0.1:8080/' }, null],
  ])('%s', async (_what, button, said) => {
    const { standIn } = await begun()
    const message = { chat_id: agathe.id, text: '?', ...keyboard(button) }
    const answer = await call(standIn, 'sendMessage', message)
    expect(answer.said ?? null).toBe(said && `Bad Request: ${said}`)
    expect(standIn.chats()[0]?.messages).toHaveLength(said === null ? 2 : 1)
  })

  test('that are no rows are refused', async () => {
    const { standIn } = await begun()
    const markup = { inline_keyboard: [yes] }
    const message = { chat_id: agathe.id, text: '?', reply_markup: JSON.stringify(markup) }
    expect(await call(standIn, 'sendMessage', message)).toMatchObject({
      said: 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    })
  })

  test('a press comes with the message as it stands, and is answered once and soon', async () => {
    const { standIn, bot, later } = await begun()
    const { message_id } = await bot.sendMessage(agathe.id, 'Publier ?', keyboard(yes))
    const press = { user: agathe.id, message_id, data: 'y:a12' }
    const { callback_query_id: id } = standIn.press(press)
    const [, query] = await heard(standIn)
    expect(query).toMatchObject({
      callback_query: {
        ...{ id, data: 'y:a12', from: { id: agathe.id, language_code: 'fr' } },
        message: { message_id, text: 'Publier ?', ...keyboard(yes) },
      },
    })
    await bot.answerCbQuery(id, 'Publié', { show_alert: true })
    expect(standIn.answers()).toEqual([
      {
        ...{ callback_query_id: id, user: agathe.id, data: 'y:a12' },
        ...{ text: 'Publié', show_alert: true },
      },
    ])
    const late = standIn.press(press).callback_query_id
    later(150)
    for (const callback_query_id of [id, late, '17'])
      expect(await call(standIn, 'answerCallbackQuery', { callback_query_id })).toMatchObject({
        said: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
      })
    expect(standIn.answers()).toHaveLength(1)
  })

  test('an answer of more than 200 characters is refused', async () => {
    const { standIn, bot } = await begun()
    const { message_id } = await bot.sendMessage(agathe.id, '?', keyboard(yes))
    const press = standIn.press({ user: agathe, message_id, data: 'y:a12' })
    const answer = (text: string) => call(standIn, 'answerCallbackQuery', { ...press, text })
    expect(await answer('🗞'.repeat(201))).toMatchObject({ said: 'Bad Request: MESSAGE_TOO_LONG' })
    expect(await answer('🗞'.repeat(200))).toMatchObject({ result: true })
  })

  test('only one that is seen can be pressed, unless it is forced', async () => {
    const { standIn, bot } = await begun()
    const { message_id } = await bot.sendMessage(agathe.id, '?', keyboard(yes))
    await bot.editMessageText(agathe.id, message_id, undefined, 'Fait')
    const old = { user: agathe.id, message_id, data: 'y:a12' }
    expect(() => standIn.press(old)).toThrow('no button')
    standIn.press({ ...old, force: true })
    standIn.press({ ...old, message_id: 12, force: true })
    expect(await heard(standIn)).toMatchObject([
      {},
      { callback_query: { message: { text: 'Fait' } } },
      { callback_query: { message: { message_id: 12, date: 0 } } },
    ])
  })
})

test('the doors are open over HTTP too', async () => {
  const { standIn, bot } = await start()
  const post = (door: string, order: object) =>
    fetch(`${standIn.url}/_/${door}`, { method: 'POST', body: JSON.stringify(order) })
  const said = await post('say', { user: { id: 5 }, text: 'Bonjour' })
  expect(await said.json()).toEqual({ message_id: 301 })
  await bot.sendMessage(5, '?', keyboard(yes))
  const pressed = await post('press', { user: 5, message_id: 302, data: 'y:a12' })
  expect(await pressed.json()).toEqual({ callback_query_id: expect.any(String) })
  const wrong = await post('press', { user: 5, message_id: 302, data: 'n' })
  expect([wrong.status, await wrong.json()]).toEqual([400, { error: 'no button «n» under 302' }])
  expect((await post('say', { user: 5 })).status).toBe(400)
  expect((await post('block', { user: 5 })).status).toBe(204)
  const chats = await fetch(`${standIn.url}/_/chats`)
  expect(await chats.json()).toMatchObject([{ user: { id: 5 }, blocked: true }])
  expect(await (await fetch(`${standIn.url}/_/answers`)).json()).toEqual([])
})

describe('a channel’s own message', () => {
  test('is edited by the bot, and kept as it was changed', async () => {
    const { standIn, bot } = await start()
    const sent = await bot.sendMessage(telegram.channel, 'Bonjour', {
      entities: [{ type: 'bold', offset: 0, length: 7 }],
    })
    await bot.editMessageText(telegram.channel, sent.message_id, undefined, 'Bonsoir')
    expect(standIn.posts()).toMatchObject([{ edits: 1, wire: { text: 'Bonsoir' } }])
    expect(standIn.posts()[0]?.wire).not.toHaveProperty('entities')
    await expect(
      bot.editMessageText(telegram.channel, sent.message_id, undefined, 'Bonsoir'),
    ).rejects.toThrow('message is not modified')
    standIn.remove({ id: sent.message_id })
    await expect(
      bot.editMessageText(telegram.channel, sent.message_id, undefined, 'Bonne nuit'),
    ).rejects.toThrow('message to edit not found')
  })
})
