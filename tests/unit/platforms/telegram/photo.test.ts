import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { open } from '../../../../src/platforms/telegram/connection.ts'
import type { Draft } from '../../../../src/posts/post.ts'
import { draft, failureOf, now, publication, type Request, serve, soon } from '../support.ts'

const botToken = '123456789:AAF-crieur-unit-test-token-0000000'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function connect(answer: { status?: number; body: unknown }) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    return answer
  })
  closing.push(close)
  const own = { botToken, channel: '@square', apiRoot: url, previewRoot: url, admins: [] }
  return { connection: await open(own, { clock: () => now, connectMs: 1000 }), seen }
}

const sent = { body: { ok: true, result: { message_id: 41, chat: { username: 'square' } } } }
const refused = (description: string, status = 400) => {
  return { status, body: { ok: false, error_code: status, description } }
}
const picture = {
  bytes: new TextEncoder().encode('the picture’s bytes'),
  mime: 'image/jpeg',
  width: 4,
  height: 3,
  alt: 'A bridge',
}
const media = [picture]
const photo: Draft = {
  ...draft,
  text: '🎺 The crier',
  facets: [
    { kind: 'bold', start: 0, end: 2 },
    { kind: 'link', start: 3, end: 12, value: 'https://town.example/a?b=1&c=2' },
    { kind: 'mention', start: 7, end: 12, value: '@crier' },
  ],
  images: [{ url: 'https://town.example/1.jpg', alt: 'A bridge' }],
}

/** A form as it arrived. */
async function formOf({ headers, body }: Request) {
  const type = headers['content-type'] ?? ''
  const form = await new Response(String(body), { headers: { 'content-type': type } }).formData()
  return new Map(form)
}

test('a picture rides in the call, with caption, styles and answer as the server reads them', async () => {
  const { connection, seen } = await connect(sent)
  const before = { id: '40', url: null }
  const silent = { ...photo, manner: { ...photo.manner, silent: true } }
  const part = { ...publication, media, replyTo: { root: before, parent: before } }
  expect(await connection.publish(silent, part, soon())).toEqual({
    id: '41',
    url: 'https://t.me/square/41',
    caption: true,
  })
  expect(seen.map(({ path }) => path.split('/').at(-1))).toEqual(['sendPhoto'])
  const form = await formOf(seen[0] ?? { method: '', path: '', headers: {}, body: '' })
  const file = form.get('photo')
  expect(file instanceof File && [file.name, await file.text()]).toEqual([
    'picture.jpeg',
    'the picture’s bytes',
  ])
  const { photo: _photo, method: _method, ...fields } = Object.fromEntries(form)
  const read = (name: string): unknown => JSON.parse(z.string().parse(fields[name]))
  expect(Object.keys(fields).toSorted()).toEqual([
    'caption',
    'caption_entities',
    'chat_id',
    'disable_notification',
    'reply_parameters',
  ])
  expect(fields).toMatchObject({
    chat_id: '@square',
    caption: '🎺 The crier',
    disable_notification: 'true',
  })
  expect(read('reply_parameters')).toEqual({ message_id: 40, allow_sending_without_reply: true })
  expect(read('caption_entities')).toEqual([
    { type: 'bold', offset: 0, length: 2 },
    { type: 'text_link', offset: 3, length: 9, url: 'https://town.example/a?b=1&c=2' },
  ])
})

test('a picture that could not be had leaves the text, with its preview above', async () => {
  const { connection, seen } = await connect(sent)
  const url = 'https://town.example/a'
  const card = { url, title: '', description: '', image: null, above: true }
  await connection.publish({ ...photo, card }, publication, soon())
  expect(seen[0]?.path).toContain('sendMessage')
  expect(seen[0]?.body).toMatchObject({
    text: '🎺 The crier',
    link_preview_options: { url, show_above_text: true },
  })
  expect(seen[0]?.body).not.toHaveProperty('disable_notification')
})

test.for([
  ['Bad Request: wrong file identifier/HTTP URL specified', 400, 'pictures'],
  ['Bad Request: failed to get HTTP URL content', 400, 'pictures'],
  ['Bad Request: wrong type of the web page content', 400, 'pictures'],
  ['Bad Request: PHOTO_INVALID_DIMENSIONS', 400, 'pictures'],
  ['Bad Request: IMAGE_PROCESS_FAILED', 400, 'pictures'],
  ['Bad Request: message caption is too long', 400, 'pictures'],
  ['Bad Request: not enough rights to send photos to the chat', 400, 'pictures'],
  ['Bad Request: not enough rights to send media messages to the chat', 400, 'pictures'],
  ['Request Entity Too Large', 413, 'pictures'],
  [`Bad Request: can't parse entities: Unsupported start tag "x"`, 400, 'formatting'],
  ['Bad Request: ENTITIES_TOO_LONG', 400, 'formatting'],
  ['Bad Request: text is too long', 400, 'formatting'],
  ['Bad Request: message is too long', 400, null],
  ['Bad Request: message text is empty', 400, null],
] as const)('«%s» is the fault of that alone', async ([description, status, culprit]) => {
  const { connection } = await connect(refused(description, status))
  const call = connection.publish(photo, { ...publication, media }, soon())
  const error = await failureOf(call, [botToken])
  expect([error.kind, error.culprit]).toEqual(['rejected', culprit])
})

test('a page of 413 from somebody in between is the picture’s fault too', async () => {
  const { connection } = await connect({ status: 413, body: '<html>' })
  const call = connection.publish(photo, { ...publication, media }, soon())
  expect(await failureOf(call, [botToken])).toMatchObject({ kind: 'rejected', culprit: 'pictures' })
})
