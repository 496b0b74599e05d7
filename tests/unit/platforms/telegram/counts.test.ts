import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/telegram/connection.ts'
import { telegram as platform } from '../../../../src/platforms/telegram/index.ts'
import type { Counted, Syndication } from '../../../../src/platforms/platform.ts'
import { startTelegram, telegram } from '../../../../src/sandbox/telegram.ts'
import {
  type Answer,
  closedAddress,
  draft,
  failureOf,
  now,
  type Request,
  serve,
  soon,
} from '../support.ts'

const botToken = '123456789:AAF-crieur-unit-test-token-0000000'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const known = (views: number | null, likes: number | null, ...rounded: ('likes' | 'views')[]) => ({
  ...{ likes, reposts: null, replies: null, quotes: null, views },
  rounded,
})

const posts = (...ids: number[]): Syndication[] =>
  ids.map((id) => ({ id: String(id), url: `https://t.me/square/${id}` }))

async function connect(previewRoot: string) {
  const own = { botToken, channel: '@square', apiRoot: previewRoot, previewRoot, admins: [] }
  const connection = await open(own, { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close())
  return connection
}

/** Public pages in a few lines, by the path asked for. */
async function reading(answer: (path: string) => Answer | string | null) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    const said = answer(request.path)
    return typeof said === 'string' ? { body: said } : said
  })
  closing.push(close)
  const connection = await connect(url)
  const count = (...asked: Syndication[]) => connection.engagement(asked, soon())
  return { seen, connection, count }
}

const message = (id: number, inner: string, kind = '') =>
  `<div class="tgme_widget_message_wrap"><div class="tgme_widget_message ${kind} js-widget_message" data-post="Square/${id}">${inner}</div></div>`
const views = (text: string) => `<span class="tgme_widget_message_views">${text}</span>`
const reactions = (...inner: string[]) =>
  `<div class="tgme_widget_message_reactions">${inner.map((one) => `<span class="tgme_reaction">${one}</span>`).join('')}</div>`
const error = '<div class="tgme_widget_message_error">Post not found</div>'

describe('against a strict channel', () => {
  async function channel(name: string = telegram.channel) {
    const standIn = await startTelegram({
      port: 0,
      file: null,
      accounts: [{ botToken: telegram.botToken, channel: name }],
    })
    closing.push(() => standIn.close())
    const own = { botToken: telegram.botToken, channel: name, admins: [] }
    const roots = { apiRoot: standIn.url, previewRoot: standIn.url }
    const connection = await platform.connect(
      platform.credentials.schema.parse({ ...own, ...roots }),
      { read: async () => undefined, hold: (work) => work(undefined, async () => {}) },
    )
    closing.push(() => connection.close())
    const publish = async (count: number) => {
      const made: Syndication[] = []
      const part = { key: 'k', createdAt: now, replyTo: null, media: [] }
      const words = { ...draft, count: 7, limit: 4096, language: 'fr' }
      for (let at = 0; at < count; at += 1)
        made.push(await connection.publish({ ...words, text: `Nouvelle ${at}` }, part, soon()))
      return made
    }
    const asked = () => standIn.seen().filter(({ method }) => method === 'GET').length
    return { standIn, connection, publish, asked }
  }

  test('20 posts take one call, in the order asked for', async () => {
    const { standIn, connection, publish, asked } = await channel()
    const made = await publish(20)
    standIn.view({ id: made[3]?.id ?? '', views: 1234 })
    standIn.react({
      id: made[4]?.id ?? '',
      reactions: [
        { emoji: '👍', count: 12 },
        { custom: '5460', count: 3 },
        { paid: true, count: 2 },
      ],
    })
    const expected: Counted[] = made.map(() => known(1, 0))
    expected[3] = known(1230, 0, 'views')
    expected[4] = known(1, 17)
    expect(await connection.engagement(made, soon())).toEqual(expected)
    expect(await connection.engagement(made.toReversed(), soon())).toEqual(expected.toReversed())
    expect(asked()).toBe(2)
  })

  test('posts far from each other take a call each: as many are answered as one page holds', async () => {
    const { connection, publish, asked } = await channel()
    const made = await publish(45)
    const wanted = [0, 19, 20, 44].flatMap((at) => made[at] ?? [])
    expect(await connection.engagement(wanted, soon())).toHaveLength(2)
    expect(await connection.engagement(wanted.slice(2), soon())).toHaveLength(1)
    expect(await connection.engagement(wanted.slice(3), soon())).toEqual([known(1, 0)])
    expect(asked()).toBe(3)
  })

  test('a deleted post is unknown among others, and gone when asked for alone', async () => {
    const { standIn, connection, publish } = await channel()
    const [oldest, first, second, third] = await publish(4)
    if (!oldest || !first || !second || !third) throw new Error('not published')
    standIn.remove({ id: oldest.id })
    expect(await connection.engagement([oldest], soon())).toEqual(['gone'])
    standIn.remove({ id: second.id })
    standIn.remove({ id: third.id })
    const counts = await connection.engagement([first, second, third], soon())
    expect(counts).toEqual([known(1, 0), 'unknown', 'unknown'])
    expect(await connection.engagement([second], soon())).toEqual(['gone'])
    expect(await connection.engagement([third], soon())).toEqual(['gone'])
    standIn.remove({ id: first.id })
    expect(await connection.engagement([third], soon())).toEqual(['unknown'])
  })

  test('of a private channel nobody is asked', async () => {
    const { connection, publish, asked } = await channel('-1001234567890')
    const made = await publish(2)
    expect(await connection.engagement(made, soon())).toEqual(['unknown', 'unknown'])
    expect(await connection.engagement(made.slice(1), soon())).toEqual(['unknown'])
    expect(asked()).toBe(0)
  })
})

describe('what a page shows', () => {
  const page = (inner: string) => `<!doctype html><body>${inner}</body>`

  test.each<[string, string, Counted]>([
    ['exact numbers', views('983') + reactions('<i><b>👍</b></i>5'), known(983, 5)],
    ['thousands', views(' 55.2K ') + reactions('5'), known(55_200, 5, 'views')],
    ['millions', views('1.5M'), known(1_500_000, 0, 'views')],
    [
      'kinds of reactions together, one rounded',
      views('2M') + reactions('<i class="emoji"><b>2️⃣</b></i>1.23K', '<tg-emoji></tg-emoji>7'),
      known(2_000_000, 1237, 'likes', 'views'),
    ],
    ['a reaction that cannot be read', views('12') + reactions('many', '3'), known(12, null)],
    ['no views, but reactions', reactions('3'), known(null, 3)],
    ['views that cannot be read', views('a few'), 'unknown'],
    ['neither, where everything else may have changed too', '<p>Bonjour</p>', 'unknown'],
    [
      'what the text of a post only looks like',
      `<div class="tgme_widget_message_text">views 7 &lt;span class="tgme_widget_message_views"&gt;9</div>${views('4')}`,
      known(4, 0),
    ],
  ])('%s', async (_what, inner, counts) => {
    const { count } = await reading(() => page(message(41, 'x') + message(42, inner)))
    expect(await count(...posts(42))).toEqual([counts])
  })

  test('is read once, without a token, a cookie or a login', async () => {
    const { seen, count } = await reading(() =>
      page(message(40, views('1')) + message(42, views('2'))),
    )
    const counts = await count(...posts(42, 41, 40))
    expect(counts).toEqual([known(2, 0), 'unknown', known(1, 0)])
    expect(seen.map(({ path }) => path)).toEqual(['/s/square?before=43'])
    expect(JSON.stringify(seen)).not.toContain(botToken)
    expect(seen[0]?.headers).not.toHaveProperty('cookie')
  })

  test('does not reach to a post that is older than all on it', async () => {
    const { count } = await reading(() => page(message(41, views('1')) + message(42, views('2'))))
    expect(await count(...posts(42, 41, 30, 41))).toEqual([known(2, 0), known(1, 0)])
    expect(await count(...posts(30, 42))).toEqual(['unknown'])
  })

  test('a service message is no post', async () => {
    const service = message(42, views('2'), 'service_message')
    const { count } = await reading(() => page(message(41, views('1')) + service))
    expect(await count(...posts(42, 41))).toEqual(['unknown', known(1, 0)])
  })

  test('a post that only its own page shows is counted there; no reaction there means nothing', async () => {
    const own = `<div class="tgme_widget_message" data-post="Square/42">${views('7')}</div>`
    const { seen, count } = await reading((path) => (path.startsWith('/s/') ? '<html>' : own))
    expect(await count(...posts(42))).toEqual([known(7, null)])
    expect(seen.map(({ path }) => path)).toEqual([
      '/s/square?before=52',
      '/square/42?embed=1&mode=tme',
    ])
  })

  test('a post is gone only where its own page says so and the channel shows others', async () => {
    const others = page(message(40, views('1')))
    const tries: [history: string, own: string, counted: Counted][] = [
      [others, error, 'gone'],
      [others, '<html>something else', 'unknown'],
      ['<html>something else', error, 'unknown'],
      [page(message(1, '', 'service_message')), error, 'unknown'],
      [others.replace('Square', 'elsewhere'), error, 'unknown'],
      [others, `${error}<p data-post="Square/42" class="tgme_widget_message">`, 'unknown'],
    ]
    for (const [history, own, expected] of tries) {
      const { count } = await reading((path) => (path.startsWith('/s/') ? history : own))
      expect(await count(...posts(42))).toEqual([expected])
    }
  })
})

describe('what is no page', () => {
  const unreadable: [string, Answer][] = [
    ['nothing', { body: '' }],
    ['a page of something else', { body: '<title>Parked</title><h1>Buy this</h1>' }],
    ['JSON', { body: { ok: true } }],
    ['led elsewhere', { status: 302, headers: { location: '/square' }, body: '' }],
    ['refused', { status: 403, body: '<html>no' }],
    ['not found', { status: 404, body: 'no' }],
    ['more than two megabytes', { body: message(42, views('9')) + '<p>'.repeat(800_000) }],
    ['open elements, a hundred thousand deep', { body: '<div>'.repeat(100_000) + views('9') }],
    ['classes that have changed', { body: message(42, views('9')).replaceAll('tgme_', 'x_') }],
  ]
  test.each(unreadable)('%s: unknown, among others and alone', async (_what, answer) => {
    const { count } = await reading(() => answer)
    expect(await count(...posts(41, 42))).toEqual(['unknown', 'unknown'])
    expect(await count(...posts(42))).toEqual(['unknown'])
  })

  test.each<[string, Answer | null, string]>([
    ['cut off', null, 'unavailable'],
    ['cut in the middle', { body: message(42, views('9')), cut: true }, 'unavailable'],
    ['busy', { status: 503, body: 'later' }, 'unavailable'],
    ['broken', { status: 502, body: '<html>' }, 'unavailable'],
    ['too many', { status: 429, headers: { 'retry-after': '40' } }, 'rate-limited'],
  ])('%s: an error', async (_what, answer, kind) => {
    const { connection } = await reading(() => answer)
    const failed = await failureOf(connection.engagement(posts(42), soon()), [botToken])
    expect(failed.kind).toBe(kind)
    const wait = kind === 'rate-limited' ? new Date(now.getTime() + 40_000) : null
    expect(failed.retryAt).toEqual(wait)
  })

  test('nobody there, or no time left: an error', async () => {
    const connection = await connect(await closedAddress())
    const nobody = await failureOf(connection.engagement(posts(42), soon()), [botToken])
    expect([nobody.kind, nobody.reason]).toEqual(['unavailable', 'ECONNREFUSED'])
    const late = await failureOf(connection.engagement(posts(42), AbortSignal.abort()), [botToken])
    expect(late.kind).toBe('unavailable')
  })

  test('nothing is asked of nothing', async () => {
    const { seen, count } = await reading(() => '')
    expect([await count(), seen]).toEqual([[], []])
  })
})
