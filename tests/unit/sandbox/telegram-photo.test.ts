import { Input } from 'telegraf'
import { afterEach, expect, test } from 'vitest'
import { telegram } from '../../../src/sandbox/telegram.ts'
import { gif, png } from './pictures.ts'
import { call, closeAll, start } from './telegram-support.ts'

afterEach(closeAll)

const chat_id = telegram.channel

test('a photo arrives with its caption, and the channel shows both', async () => {
  const { standIn, bot } = await start()
  const message = await bot.sendPhoto(chat_id, Input.fromBuffer(png(800, 400), 'a.png'), {
    caption: ' <b>Le pont</b> & la rivière ',
    parse_mode: 'HTML',
    disable_notification: true,
  })
  expect(message).toMatchObject({
    photo: [{ width: 800, height: 400, file_size: 200 }],
    caption: 'Le pont & la rivière',
    caption_entities: [{ type: 'bold', offset: 0, length: 7 }],
  })
  expect(message).not.toHaveProperty('text')
  const [post] = standIn.posts()
  expect(post?.wire).toMatchObject({ disable_notification: 'true' })
  expect(post?.pictures).toEqual([
    { mime: 'image/png', width: 800, height: 400, bytes: 200, alt: null },
  ])
  const page = await (await fetch(`${standIn.url}/s/${chat_id.slice(1)}`)).text()
  expect(page).toContain('tgme_widget_message_photo_wrap')
  expect(page).toContain('<b>Le pont</b> &amp; la rivière')
})

test('a photo needs no caption, and may be named again', async () => {
  const { standIn, bot } = await start()
  const { photo } = await bot.sendPhoto(chat_id, Input.fromBuffer(png(10, 10)))
  await bot.sendPhoto(chat_id, photo[0]?.file_id ?? '')
  const bare = { mime: 'image/png', width: 10, height: 10, bytes: 200, alt: null }
  expect(standIn.posts().map(({ pictures }) => pictures)).toEqual([[bare], [bare]])
  const page = await (await fetch(`${standIn.url}/s/${chat_id.slice(1)}`)).text()
  expect(page).not.toContain('tgme_widget_message_text')
})

test('a photo has no text to edit', async () => {
  const { standIn, bot } = await start()
  const { message_id } = await bot.sendPhoto(chat_id, Input.fromBuffer(png(10, 10)))
  const { said } = await call(standIn, 'editMessageText', { chat_id, message_id, text: 'Other' })
  expect(said).toBe('Bad Request: there is no text in the message to edit')
})

test.for<[string, Buffer, string]>([
  ['sides over 10 000 together', png(6000, 4001), 'PHOTO_INVALID_DIMENSIONS'],
  ['a ratio over 20', png(2001, 100), 'PHOTO_INVALID_DIMENSIONS'],
  ['a page', Buffer.from('<!DOCTYPE html>'), 'IMAGE_PROCESS_FAILED'],
  ['an animation', gif(10, 10), 'IMAGE_PROCESS_FAILED'],
  ['more than 10 MB', png(10, 10, 10 * 1024 * 1024 + 1), 'too big for a photo'],
])('%s is refused', async ([, bytes, words]) => {
  const { standIn, bot } = await start()
  await expect(bot.sendPhoto(chat_id, Input.fromBuffer(bytes))).rejects.toMatchObject({
    response: { error_code: 400, description: expect.stringContaining(words) },
  })
  expect(standIn.posts()).toEqual([])
})

test.for([
  [{}, 'there is no photo in the request'],
  [{ photo: 'https://exemple.fr/a.jpg' }, 'failed to get HTTP URL content'],
  [{ photo: 'AgACnobodysfile' }, 'wrong file identifier/HTTP URL specified'],
] as const)('%j is refused', async ([parameters, words]) => {
  const { standIn } = await start()
  const { status, said } = await call(standIn, 'sendPhoto', { chat_id, ...parameters })
  expect([status, said]).toEqual([400, `Bad Request: ${words}`])
})

test('captions end at 1024 code points, after cleaning', async () => {
  const { bot } = await start()
  const send = (caption: string) =>
    bot.sendPhoto(chat_id, Input.fromBuffer(png(10, 10)), { caption })
  await send(` ${'🎺'.repeat(1024)}\r\n`)
  await expect(send('🎺'.repeat(1025))).rejects.toThrow('message caption is too long')
})
