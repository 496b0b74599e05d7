import { afterEach, describe, expect, test } from 'vitest'
import type { Connection, Syndication } from '../../../../src/platforms/platform.ts'
import { open } from '../../../../src/platforms/telegram/connection.ts'
import type { Draft } from '../../../../src/posts/post.ts'
import { startTelegram, telegram } from '../../../../src/sandbox/telegram.ts'
import {
  type Answer,
  closedAddress,
  draft,
  failureOf,
  now,
  publication,
  serve,
  soon,
} from '../support.ts'

const botToken = '123456789:AAF-crieur-unit-test-token-0000000'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const address = 'https://town.example/news/?a=1&b=2'
/** A bold line with an emoji, a named link and a hashtag. */
const ours: Draft = {
  ...draft,
  text: '🎺 The crier’s news\n\nRead & share\n\n#Town',
  facets: [
    { kind: 'bold', start: 0, end: 19 },
    { kind: 'link', start: 21, end: 25, value: address },
    { kind: 'hashtag', start: 36, end: 41, value: 'Town' },
  ],
}

describe('against a strict channel', () => {
  async function channel(named: string = telegram.channel, known = named) {
    let moment = now.getTime()
    const clock = () => new Date(moment)
    const accounts = [{ ...telegram, channel: named }]
    const standIn = await startTelegram({ port: 0, file: null, accounts, clock })
    closing.push(() => standIn.close())
    const { botToken: token } = telegram
    const roots = { apiRoot: standIn.url, previewRoot: standIn.url }
    const own = { botToken: token, channel: known, ...roots, admins: [] }
    const connection = await open(own, { clock, connectMs: 1000 })
    closing.push(() => connection.close())
    const later = (seconds: number) => {
      moment += seconds * 1000
    }
    return { standIn, connection, later, clock }
  }
  const look = (connection: Connection, since = now, what = ours) =>
    connection.find(what, since, soon())

  test('words and links are found, whatever was posted before and since', async () => {
    const { connection } = await channel()
    const other = { ...ours, text: ours.text.replace('news', 'olds') }
    await connection.publish(other, publication, soon())
    const sent = await connection.publish(ours, publication, soon())
    await connection.publish(other, publication, soon())
    expect(await look(connection)).toEqual(sent)
  })

  test('a page out of a cache does not show it yet', async () => {
    const { connection, standIn, later } = await channel()
    standIn.stale({ seconds: 20 })
    const sent = await connection.publish(ours, publication, soon())
    later(15)
    expect(await look(connection)).toBe('absent')
    later(15)
    expect(await look(connection)).toEqual(sent)
  })

  test('of two alike the newest, and none from before', async () => {
    const { connection, later, clock } = await channel()
    await connection.publish(ours, publication, soon())
    later(60)
    expect(await look(connection, clock())).toBe('absent')
    const again = await connection.publish(ours, publication, soon())
    expect(await look(connection, now)).toEqual(again)
  })

  test('a further part, by its words alone, and not by those that it answers', async () => {
    const { connection } = await channel()
    const root = await connection.publish(ours, publication, soon())
    const second = { ...draft, text: 'It goes on (2/2)' }
    const replyTo = { root, parent: root }
    expect(await look(connection, now, second)).toBe('absent')
    const sent = await connection.publish(second, { ...publication, replyTo }, soon())
    expect(await look(connection, now, second)).toEqual(sent)
    expect(await look(connection)).toEqual(root)
  })

  test('a channel given by number is looked for by the name that it has', async () => {
    const { connection, standIn } = await channel()
    const { identity } = await connection.check(soon())
    const { botToken: token } = telegram
    const roots = { apiRoot: standIn.url, previewRoot: standIn.url }
    const own = { botToken: token, channel: identity, ...roots, admins: [] }
    const byNumber = await open(own, { clock: () => now, connectMs: 1000 })
    closing.push(() => byNumber.close())
    const sent = await byNumber.publish(ours, publication, soon())
    expect(await look(byNumber)).toEqual(sent)
  })

  test('in a private channel nobody can look', async () => {
    const { connection, standIn } = await channel('-1001234567890')
    await connection.publish(ours, publication, soon())
    expect(await look(connection)).toBe('cannot look')
    expect(standIn.seen().some(({ path }) => path.startsWith('/s/'))).toBe(false)
  })
})

/** Public pages in a few lines, by the path asked for. */
async function looking(answer: (path: string) => Answer | string, wanted = ours) {
  const seen: string[] = []
  const { url, close } = await serve(({ path }) => {
    seen.push(path)
    const said = answer(path)
    return typeof said === 'string' ? { body: said } : said
  })
  closing.push(close)
  const own = { botToken, channel: '@square', apiRoot: url, previewRoot: url, admins: [] }
  const connection = await open(own, { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close())
  return { seen, find: () => connection.find(wanted, now, soon()) }
}

const date = (at: Date) =>
  `<a class="tgme_widget_message_date" href="#"><time datetime="${at.toISOString().slice(0, 19)}+00:00" class="time">05:06</time></a>`
const words = (html: string) =>
  `<div class="tgme_widget_message_text js-message_text" dir="auto">${html}</div>`
const message = (id: number, inner: string, at: Date | null = now) =>
  `<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="Square/${id}">${inner}${at ? date(at) : ''}</div></div>`
const history = (...messages: string[]) =>
  `<section class="tgme_channel_history">${messages.join('')}</section>`

const escaped = 'https://town.example/news/?a=1&amp;amp;b=2'
const shown = (link: string) =>
  `<b><i class="emoji" style="x"><b>🎺</b></i> The crier’s news</b><br/><br/><a href="${link}" target="_blank" onclick="return confirm('?')">Read</a> &amp; share<br/><br/><a href="?q=%23Town">#Town</a>`
const it: Syndication = { id: '7', url: 'https://t.me/Square/7' }
const earlier = new Date(now.getTime() - 60_000)

describe('on a page', () => {
  test.for([
    ['as the page writes it', words(shown(escaped)), it],
    ['its address escaped once', words(shown(escaped.replace('amp;amp;', 'amp;'))), it],
    [
      'an emoji of the page’s own',
      words(shown(escaped).replace('<b>🎺</b>', '<tg-emoji emoji-id="1">🎺</tg-emoji>')),
      it,
    ],
    [
      'under a picture',
      `<a class="tgme_widget_message_photo_wrap" href="#"></a>${words(shown(escaped))}`,
      { ...it, caption: true },
    ],
    ['another link', words(shown('https://town.example/')), 'absent'],
    ['no link', words(shown(escaped).replace('href', 'title')), 'absent'],
    ['more words', words(`${shown(escaped)} and more`), 'absent'],
    [
      'quoted by another',
      `<a class="tgme_widget_message_reply" href="#"><div class="tgme_widget_message_text">${shown(escaped)}</div></a>${words('Thanks')}`,
      'absent',
    ],
    ['only its card', `<a class="tgme_widget_message_link_preview" href="${address}"></a>`, null],
  ] as const)('%s', async ([, html, expected]) => {
    const { find } = await looking(() =>
      history(message(3, words('Old'), earlier), message(7, html)),
    )
    expect(await find()).toEqual(expected ?? 'absent')
  })

  test.for([
    ['somebody else’s page', '<h1>Parked</h1>'],
    ['another channel’s', history(message(7, words('x'))).replace('Square/', 'Circle/')],
    ['one whose messages have another name', history('<article>News</article>')],
    ['one without moments', history(message(7, words(shown(escaped)), null))],
    ['one without texts', history(message(7, '<p class="text">Hello</p>'))],
  ] as const)('%s cannot be looked through', async ([, html]) => {
    const { find } = await looking(() => html)
    expect(await find()).toBe('cannot look')
  })

  test('an empty channel has nothing of ours', async () => {
    expect(await (await looking(() => history())).find()).toBe('absent')
  })

  test('led elsewhere, there is no page', async () => {
    const { find } = await looking(() => ({ status: 302, headers: { location: '/square' } }))
    expect(await find()).toBe('cannot look')
  })

  test('a text of signs alone is compared by its signs', async () => {
    const { find } = await looking(
      () => history(message(7, words('🎺')), message(8, words('🎷'))),
      {
        ...draft,
        text: '🎺',
      },
    )
    expect(await find()).toEqual(it)
  })
})

describe('further back', () => {
  const after = (path: string) => Number(/before=(\d+)/.exec(path)?.[1] ?? 1000)
  const page = (path: string, at: Date) =>
    history(...[2, 1].map((back) => message(after(path) - back, words(`No. ${back}`), at)))

  test('pages are turned until the moment is reached', async () => {
    const { find, seen } = await looking((path) => page(path, after(path) > 996 ? now : earlier))
    expect(await find()).toBe('absent')
    expect(seen).toEqual(['/s/square', '/s/square?before=998', '/s/square?before=996'])
  })

  test('a channel that posts too much cannot be searched', async () => {
    const { find, seen } = await looking((path) => page(path, now))
    expect(await find()).toBe('cannot look')
    expect(seen).toHaveLength(5)
  })

  test('where the channel begins, there is no more', async () => {
    const { find } = await looking((path) =>
      path.includes('before') ? '<h1>?</h1>' : history(message(1, words('First'))),
    )
    expect(await find()).toBe('absent')
  })

  test.for([
    ['busy', { status: 429, headers: { 'retry-after': '60' } }],
    ['broken', { status: 503 }],
  ] as const)(
    'a host that is %s is asked later, and the bot is not held up',
    async ([, answer]) => {
      const { find } = await looking(() => answer)
      expect((await failureOf(find(), [botToken])).kind).toBe('unavailable')
    },
  )

  test('nobody there: later', async () => {
    const root = await closedAddress()
    const own = { botToken, channel: '@square', apiRoot: root, previewRoot: root, admins: [] }
    const connection = await open(own, { clock: () => now, connectMs: 1000 })
    closing.push(() => connection.close())
    const call = connection.find(ours, now, soon())
    expect((await failureOf(call, [botToken])).kind).toBe('unavailable')
  })
})
