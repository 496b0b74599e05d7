import { expect, test } from 'vitest'
import { linksIn } from '../../../src/bot/links.ts'
import { message } from '../../../src/bot/update.ts'

const chat = { id: 1, type: 'private' }
const linksOf = (more: object) => linksIn(message.parse({ message_id: 1, chat, ...more }))
const url = (offset: number, length: number) => ({ type: 'url', offset, length })

test.each([
  ['no link', { text: 'bonjour' }, []],
  [
    'one that Telegram found',
    { text: '🙂 (a.example/x)', entities: [url(4, 11)] },
    ['https://a.example/x'],
  ],
  [
    'one behind words',
    {
      text: 'ici',
      entities: [{ type: 'text_link', offset: 0, length: 3, url: 'http://a.example/y' }],
    },
    ['http://a.example/y'],
  ],
  [
    'under a picture',
    { caption: 'voir https://a.example/z', caption_entities: [url(5, 19)] },
    ['https://a.example/z'],
  ],
  [
    'on this machine, where Telegram finds none',
    { text: 'http://localhost:8/p' },
    ['http://localhost:8/p'],
  ],
  [
    'the same twice',
    { text: 'https://a.example https://a.example', entities: [url(0, 17), url(18, 17)] },
    ['https://a.example/'],
  ],
  [
    'two',
    { text: 'https://a.example https://b.example' },
    ['https://a.example/', 'https://b.example/'],
  ],
  ['what is no web address', { text: 'tg://resolve?domain=x', entities: [url(0, 21)] }, []],
  [
    'other marks',
    { text: '/post @anna', entities: [{ type: 'mention', offset: 6, length: 5 }] },
    [],
  ],
])('%s', (_, said, expected) => {
  expect(linksOf(said)).toEqual(expected)
})
