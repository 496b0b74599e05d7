import { afterEach, describe, expect, test } from 'vitest'
import { telegram, type TelegramStandIn } from '../../../src/sandbox/telegram.ts'
import { agathe, call, closeAll, start } from './telegram-support.ts'

afterEach(closeAll)

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const HOUR = 3600
const { channel } = telegram

async function posted() {
  const opened = await start()
  const { message_id: text } = await opened.bot.sendMessage(channel, 'Bonjour')
  const source = { source: PNG, filename: 'a.png' }
  const { message_id: photo } = await opened.bot.sendPhoto(channel, source, { caption: 'Le pont' })
  const edit = (method: string, message_id: number, more: object) =>
    call(opened.standIn, method, { chat_id: channel, message_id, ...more })
  return { ...opened, text, photo, edit }
}

const page = async ({ url }: TelegramStandIn) =>
  (await fetch(`${url}/s/${channel.slice(1)}`)).text()

describe('an edit', () => {
  test('of a caption keeps the picture; what it leaves out is gone', async () => {
    const { standIn, photo, edit } = await posted()
    const [, before] = standIn.posts()
    const bold = [{ type: 'bold', offset: 0, length: 2 }]
    const more = { caption: 'Le vieux pont', caption_entities: bold }
    const { result } = await edit('editMessageCaption', photo, more)
    expect(result).toMatchObject({ ...more, photo: [{ width: 1 }] })
    await edit('editMessageCaption', photo, { caption: 'Le pont neuf' })
    const [, after] = standIn.posts()
    expect(after).toMatchObject({ edits: 2, pictures: before?.pictures })
    expect(after?.wire).not.toHaveProperty('caption_entities')
    expect(await page(standIn)).toContain('Le pont neuf')
  })

  test.for([
    ['editMessageText', 'photo', { text: 'Pont' }, 'there is no text in the message to edit'],
    [
      'editMessageCaption',
      'text',
      { caption: 'Bonsoir' },
      'there is no caption in the message to edit',
    ],
    ['editMessageCaption', 'photo', { caption: 'Le pont' }, 'message is not modified'],
    ['editMessageCaption', 'photo', { caption: 'x'.repeat(1025) }, 'caption is too long'],
    ['editMessageText', 'text', { text: 'Bonjour' }, 'message is not modified'],
  ] as const)('%s of a %s to %o: no', async ([method, which, more, said]) => {
    const { standIn, edit, ...ids } = await posted()
    const answer = await edit(method, ids[which], more)
    expect(answer.status).toBe(400)
    expect(answer.said).toContain(said)
    expect(standIn.posts()).toMatchObject([{ edits: 0 }, { edits: 0 }])
  })
})

describe('a deletion', () => {
  test('is carried out once; nobody sees the message any more', async () => {
    const { standIn, text, edit } = await posted()
    expect(await edit('deleteMessage', text, {})).toMatchObject({ status: 200, result: true })
    expect(await edit('deleteMessage', text, {})).toMatchObject({
      ...{ status: 400, said: 'Bad Request: message to delete not found' },
    })
    expect(await edit('editMessageText', text, { text: 'Encore' })).toMatchObject({
      said: 'Bad Request: message to edit not found',
    })
    expect(standIn.removed()).toMatchObject([{ id: String(text) }])
    expect(standIn.posts()).toHaveLength(1)
    expect(await page(standIn)).not.toContain('Bonjour')
  })

  test('comes too late after 48 hours, by the clock or as ordered', async () => {
    const { standIn, bot, text, photo, edit, later } = await posted()
    const late = { status: 400, said: "Bad Request: message can't be deleted for everyone" }
    standIn.age({ id: text, seconds: 48 * HOUR })
    expect(await edit('deleteMessage', text, {})).toMatchObject(late)
    later(47 * HOUR)
    const { message_id: young } = await bot.sendMessage(channel, 'Bonsoir')
    later(HOUR)
    expect(await edit('deleteMessage', photo, {})).toMatchObject(late)
    expect(await edit('deleteMessage', young, {})).toMatchObject({ result: true })
    expect(await edit('editMessageText', text, { text: 'Retiré' })).toMatchObject({ status: 200 })
  })

  test('in a private chat', async () => {
    const { standIn, bot, edit } = await posted()
    standIn.say({ user: agathe, text: '/start' })
    const { message_id } = await bot.sendMessage(agathe.id, 'Oui ?')
    const gone = () => call(standIn, 'deleteMessage', { chat_id: agathe.id, message_id })
    expect((await gone()).result).toBe(true)
    expect((await gone()).said).toContain('message to delete not found')
    expect(standIn.chats()[0]?.messages).toMatchObject([{ text: '/start' }])
    expect((await edit('deleteMessage', 7, {})).said).toContain('not found')
  })
})

test('a page out of a cache shows what stood then: posts, words, and what is deleted since', async () => {
  const { standIn, text, photo, edit, bot, later } = await posted()
  later(100)
  await edit('editMessageText', text, { text: 'Bonsoir' })
  await edit('deleteMessage', photo, {})
  await bot.sendMessage(channel, 'Salut')
  later(10)
  const shown = async () => {
    const html = await page(standIn)
    return ['Bonjour', 'Bonsoir', 'Le pont', 'Salut'].filter((words) => html.includes(words))
  }
  expect(await shown()).toEqual(['Bonsoir', 'Salut'])
  await fetch(`${standIn.url}/_/stale`, { method: 'POST', body: '{"seconds":60}' })
  expect(await shown()).toEqual(['Bonjour', 'Le pont'])
  standIn.stale({ seconds: 0 })
  expect(await shown()).toEqual(['Bonsoir', 'Salut'])
})

test('a page shows emoji as its own, and the beginning of what a message answers', async () => {
  const { standIn, bot, text } = await posted()
  await bot.sendMessage(channel, '🎺 Suite', { reply_parameters: { message_id: text } })
  const html = await page(standIn)
  expect(html).toContain('<i class="emoji"><b>🎺</b></i> Suite')
  expect(html).toMatch(/tgme_widget_message_reply"[^>]*\/1043">.*\n.*>Bonjour</)
})
