import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdStream } from '../../src/bot/stream.ts'
import { decide } from '../../src/deliveries/decide.ts'
import { notices } from '../../src/notices/view.ts'
import { anna, bert, type BotRoom, openBotRoom, stranger } from '../support/desk.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

/** The bot has told what needs somebody; those who wrote to it before are reached. */
async function told({ tell, say }: BotRoom): Promise<void> {
  await say(anna, '/start')
  await say(bert, '/start')
  await tell()
}

const last = (bot: BotRoom, user: typeof anna) => bot.said(user).at(-1)

describe('who may steer', () => {
  test('a stranger gets one polite line, once, and their buttons do nothing', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await bot.say(stranger, '/queue')
    await bot.say(stranger, '/approve')
    expect(bot.said(stranger)).toHaveLength(1)
    expect(last(bot, stranger)?.text).toMatch(/only listen/)
    const message = last(bot, stranger)?.id ?? 0
    const data = `ok:a${article}:1`
    bot.people.press({ user: stranger.id, message_id: message, data, force: true })
    await bot.turn()
    expect((await bot.room.only(article)).state).toBe('held')
  })

  test('each is answered in the language their Telegram speaks', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/help')
    await bot.say(bert, '/help')
    expect(last(bot, anna)?.text).toMatch(/annonce vos articles/)
    expect(last(bot, bert)?.text).toMatch(/announce your articles/)
  })
})

describe('an article that waits', () => {
  test('is one card with the text and its count; «publish all» sends it, and the card becomes the report', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    const card = last(bot, anna)
    expect(card?.text).toMatch(/Le canal rouvre/)
    expect(card?.text).toMatch(/\d+ \/ 4096/)
    await bot.press(anna, 'ok:')
    expect(bot.answered()).toBe('telegram: retenu → attend')
    await bot.room.publish()
    await bot.refresh(`a${article}`)
    const report = bot.said(anna).find(({ id }) => id === card?.id)
    expect(report?.text).toMatch(/publié · https:\/\/t\.me\//)
    expect(report?.buttons).toEqual([])
    expect(bot.people.posts()).toHaveLength(1)
  })

  test('«skip» sends nothing', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    await bot.press(bert, 'no:')
    expect((await bot.room.only(article)).state).toBe('canceled')
    await bot.room.publish()
    expect(bot.people.posts()).toHaveLength(0)
  })

  test('a button pressed twice, and one of last week, change nothing and say who decided', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    const card = last(bot, anna)
    const [yes, no] = card?.buttons ?? []
    await bot.press(bert, 'ok:')
    for (const data of [yes, no]) {
      bot.people.press({ user: anna.id, message_id: card?.id ?? 0, data: data ?? '', force: true })
      await bot.turn()
      expect(bot.answered()).toMatch(/changé.*Bert/)
    }
    expect((await bot.room.only(article)).state).toBe('pending')
  })

  test('with a title of 5,000 characters that would be markup, it is one message all the same', async () => {
    await using bot = await openBotRoom(server)
    const title = `<b>Canal</b> _rouvre_ *tout* [x](y) \u202eesrever\u0007 ${'très '.repeat(1000)}`
    await bot.held('approval', { title })
    await told(bot)
    const text = last(bot, anna)?.text ?? ''
    expect(text).toContain('<b>Canal</b> _rouvre_ *tout* [x](y) esrever')
    expect(Array.from(text).length).toBeLessThanOrEqual(4096)
    expect(bot.said(anna)).toHaveLength(2)
  })
})

describe('what somebody writes', () => {
  test('/post with a sentence says what it takes; with a link the article is read', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/post bonjour à tous')
    expect(last(bot, anna)?.text).toMatch(/^\/post prend l’adresse/)
    await bot.say(anna, 'https://journal.example/2026/02/le-moulin/')
    expect(last(bot, anna)?.text).toMatch(/Je le lis/)
    const [heard] = await bot.room.store.db.selectFrom('articles').selectAll().execute()
    expect(heard).toMatchObject({ via: 'bot', state: 'heard' })
    await bot.say(bert, '/post https://journal.example/2026/02/le-moulin/?utm_source=x')
    expect(await bot.room.store.db.selectFrom('articles').selectAll().execute()).toHaveLength(1)
  })

  test('/pause and /resume, for one account and for all; one that there is not', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/pause telegram')
    expect(last(bot, anna)?.text).toBe('telegram est en pause\u00a0: ses messages attendent')
    await bot.say(bert, '/pause')
    expect(last(bot, bert)?.text).toMatch(/paused already.*Anna/)
    const article = await bot.room.announce()
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('pending')
    await bot.say(bert, '/resume')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('published')
    await bot.say(anna, '/pause nulle-part')
    expect(last(bot, anna)?.text).toContain('nulle-part')
  })

  test('/retry sends again what failed, and once only', async () => {
    await using bot = await openBotRoom(server)
    bot.people.fault({
      kind: 'answer',
      path: 'sendMessage',
      status: 400,
      body: '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}',
    })
    const article = await bot.room.announce()
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('failed')
    await bot.say(anna, '/retry')
    expect(last(bot, anna)?.text).toBe('1 message est réessayé.')
    await bot.say(anna, '/retry')
    expect(last(bot, anna)?.text).toBe('Rien n’a échoué.')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('published')
  })

  test.each(['/queue', '/status', '/stats', '/approve', '/cancel'])(
    '%s answers with nothing there, and with something',
    async (command) => {
      await using bot = await openBotRoom(server)
      await bot.say(bert, command)
      expect(bot.said(bert)).toHaveLength(1)
      await bot.held()
      await bot.say(bert, command)
      expect(bot.said(bert)).toHaveLength(2)
    },
  )

  test('an id that there is not, and words that mean nothing', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(bert, '/cancel d4711')
    expect(last(bot, bert)?.text).toMatch(/There is no d4711/)
    await bot.say(bert, 'hello there')
    expect(last(bot, bert)?.text).toMatch(/address of an article/)
  })
})

describe('a post that may or may not stand', () => {
  async function lost(): Promise<{ bot: BotRoom; article: number }> {
    const bot = await openBotRoom(server)
    bot.people.fault({ kind: 'drop-after', path: 'sendMessage' })
    const article = await bot.room.announce()
    await bot.room.publish()
    await told(bot)
    return { bot, article }
  }

  test('«it is there»: the next link says where', async () => {
    const { bot, article } = await lost()
    await using _ = bot
    // The account's name in Telegram is known from the check that came first.
    const url = bot.people.posts()[0]?.url ?? ''
    await bot.press(anna, 'is:')
    expect(last(bot, anna)?.text).toMatch(/adresse du message sur telegram/)
    await bot.say(anna, 'https://elsewhere.example/1')
    expect((await bot.room.only(article)).state).toBe('uncertain')
    await bot.say(anna, url)
    expect(await bot.room.only(article)).toMatchObject({ state: 'published', url })
  })

  test('«send again» sends once more', async () => {
    const { bot, article } = await lost()
    await using _ = bot
    await bot.press(bert, 'ag:')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('published')
    expect(bot.people.posts()).toHaveLength(2)
  })

  test('«leave it» asks no more', async () => {
    const { bot, article } = await lost()
    await using _ = bot
    await bot.press(bert, 'lv:')
    expect((await bot.room.only(article)).state).toBe('uncertain')
    expect(await notices(bot.room.store.db)).toEqual([])
  })
})

describe('what needs somebody', () => {
  test('is told once, to each who can be reached; many at once are one message', async () => {
    await using bot = await openBotRoom(server)
    for (let number = 0; number < 5; number += 1)
      await bot.held('old', { title: `Article ${number}` })
    await told(bot)
    expect(bot.said(anna)).toHaveLength(2)
    expect(last(bot, anna)?.text).toMatch(/Article 4/)
    await bot.tell()
    expect(bot.said(anna)).toHaveLength(2)
    expect(bot.said(bert)).toHaveLength(2)
  })

  test('somebody who blocked the bot costs nobody anything; what nobody was told stays open', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/start')
    bot.people.block({ user: anna.id })
    const article = await bot.held()
    await bot.tell()
    await bot.tell()
    const tries = bot.people.seen().filter(({ path }) => path.includes('sendMessage')).length
    expect(tries).toBe(2) // the answer to /start, and one try
    expect(await notices(bot.room.store.db, { untold: true })).toHaveLength(1)
    await bot.say(anna, '/start')
    await bot.tell()
    expect(last(bot, anna)?.text).toMatch(/Le canal rouvre/)
    expect((await bot.room.only(article)).state).toBe('held')
  })

  test('answered elsewhere, its message says so', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    const { db } = bot.room.store
    const means = { db, clock: bot.room.means.clock, wake: async () => undefined }
    const by = { who: 'page', door: 'page' as const }
    await decide(means, { on: { article }, version: null, decision: { kind: 'cancel' }, by })
    await bot.refresh(`a${article}`)
    expect(last(bot, anna)?.text).toMatch(/annulé/)
    expect(last(bot, anna)?.buttons).toEqual([])
  })
})

test('reactions are counted as Telegram tells them', async () => {
  await using bot = await openBotRoom(server)
  const article = await bot.room.announce()
  await bot.room.publish()
  await bot.say(anna, '/start') // the server learns what is asked for
  const message = Number(bot.people.posts()[0]?.id)
  bot.people.react({
    id: message,
    reactions: [
      { emoji: '👍', count: 3 },
      { emoji: '🔥', count: 4 },
    ],
  })
  await bot.turn()
  await bot.refresh(`a${article}`)
  const [counts] = await bot.room.store.db.selectFrom('counts').selectAll().execute()
  expect(counts).toMatchObject({ likes: 7, views: null })
})

describe('one stream of updates', () => {
  /** Two processes over one ledger, each with a line of its own. */
  async function two() {
    const bot = await openBotRoom(server)
    const stops = [new AbortController(), new AbortController()]
    const streams = stops.map((stop) => holdStream(bot.desk, stop.signal))
    const end = async () => {
      for (const stop of stops) stop.abort()
      await Promise.all(streams)
      await bot[Symbol.asyncDispose]()
    }
    return { bot, stops, end }
  }

  test('is held by one of two, and each update is handled once', async () => {
    const { bot, end } = await two()
    for (let number = 0; number < 5; number += 1) bot.people.say({ user: bert, text: '/help' })
    await expect.poll(() => bot.said(bert).length, { timeout: 10_000 }).toBe(5)
    const [held] = await bot.room.store.db.selectFrom('bots').selectAll().execute()
    expect(held?.holder).not.toBeNull()
    await end()
    expect(bot.said(bert)).toHaveLength(5)
  })

  test('goes over to the other when its holder is gone', async () => {
    const bot = await openBotRoom(server)
    const { db } = bot.room.store
    // A holder that was killed a moment ago: its lease still stands.
    await db
      .insertInto('bots')
      .values({
        token_hash: bot.desk.bot,
        holder: '00000000-0000-4000-8000-000000000000',
        lease_until: new Date(bot.room.means.clock().getTime() + 20_000),
      })
      .execute()
    const stop = new AbortController()
    const stream = holdStream(bot.desk, stop.signal)
    bot.people.say({ user: bert, text: '/help' })
    bot.room.later(21)
    await expect.poll(() => bot.said(bert).length, { timeout: 20_000 }).toBe(1)
    stop.abort()
    await stream
    await bot[Symbol.asyncDispose]()
  }, 40_000)

  test('another program that polls the same bot is waited out, and said once', async () => {
    const bot = await openBotRoom(server)
    bot.people.fault({
      kind: 'answer',
      path: 'getUpdates',
      times: 2,
      status: 409,
      body: '{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}',
    })
    const stop = new AbortController()
    const stream = holdStream(bot.desk, stop.signal)
    bot.people.say({ user: bert, text: '/help' })
    await expect.poll(() => bot.said(bert).length, { timeout: 20_000 }).toBe(1)
    expect(bot.room.logged.filter((line) => line.includes('bot hears nothing'))).toHaveLength(1)
    expect(bot.room.logged.join('\n')).not.toContain('AAsandbox')
    stop.abort()
    await stream
    await bot[Symbol.asyncDispose]()
  }, 40_000)
})
