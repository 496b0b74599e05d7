import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdStream } from '../../src/bot/stream.ts'
import { anna, bert, type BotRoom, openBotRoom } from '../support/desk.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

const patience = { timeout: 20_000 }
const another = '00000000-0000-4000-8000-000000000000'

/** So many processes that would hold the stream of one bot, each with a line of its own. */
async function openStreams(count: number) {
  const bot = await openBotRoom(server)
  const streams: { stop(): void; ended: Promise<void> }[] = []
  for (let number = 0; number < count; number += 1) {
    const stop = new AbortController()
    const ended = holdStream(await bot.another(), stop.signal)
    streams.push({ stop: () => stop.abort(), ended })
  }
  const end = async () => {
    for (const { stop } of streams) stop()
    await Promise.all(streams.map(({ ended }) => ended))
  }
  return {
    bot,
    streams,
    end,
    [Symbol.asyncDispose]: async () => {
      await end()
      await bot[Symbol.asyncDispose]()
    },
  }
}

/** How many of the newest lines of the log say that. */
const logged = ({ room }: BotRoom, what: string) =>
  room.logged.filter((line) => line.includes(what)).length

const polls = ({ people }: BotRoom) =>
  people.seen().filter(({ path }) => path.includes('getUpdates')).length

/** Another process takes the lease, or took it, for so long. */
const takenFor = ({ room, desk }: BotRoom, seconds: number) => {
  const lease = {
    holder: another,
    lease_until: new Date(room.means.clock().getTime() + seconds * 1000),
  }
  return room.store.db
    .insertInto('bots')
    .values({ token_hash: desk.bot, ...lease })
    .onConflict((conflict) => conflict.column('token_hash').doUpdateSet(lease))
    .execute()
}

test('one of two processes holds the stream, and each update is handled once', async () => {
  await using two = await openStreams(2)
  const { bot } = two
  const article = await bot.held()
  for (let number = 0; number < 5; number += 1) bot.people.say({ user: bert, text: '/help' })
  bot.people.say({ user: anna, text: `/approve a${article}` })
  await expect.poll(() => bot.said(bert).length, patience).toBe(5)
  await expect.poll(() => bot.said(anna).length, patience).toBe(2)
  const [held] = await bot.room.store.db.selectFrom('bots').selectAll().execute()
  expect(held?.holder).not.toBeNull()
  await two.end()
  expect(bot.said(bert)).toHaveLength(5)
  expect((await bot.room.only(article)).state).toBe('pending')
  expect(logged(bot, 'bot listens')).toBe(1)
})

test('what was handled by one that died before it said so changes nothing when it comes again', async () => {
  await using bot = await openBotRoom(server)
  const article = await bot.held()
  bot.people.say({ user: anna, text: `/approve a${article}` })
  bot.people.say({ user: bert, text: `/cancel a${article}` })
  await bot.turn()
  await bot.room.store.db.deleteFrom('bot_updates').execute()
  const again = await bot.another()
  for (const update of await again.line.updates(0, AbortSignal.timeout(5000)))
    await bot.handle(update)
  const decided = await bot.room.store.db.selectFrom('decisions').selectAll().execute()
  expect(decided.map(({ kind }) => kind)).toEqual(['approve', 'cancel'])
  expect(bot.said(anna).at(-2)?.text).toMatch(/ne peut.*annulé/)
})

test('the next one follows within 30 seconds when the holder was killed', async () => {
  await using one = await openStreams(0)
  const { bot } = one
  await takenFor(bot, 20)
  const stop = new AbortController()
  const stream = holdStream(bot.desk, stop.signal)
  bot.people.say({ user: bert, text: '/help' })
  bot.room.later(21)
  await expect.poll(() => bot.said(bert).length, patience).toBe(1)
  stop.abort()
  await stream
}, 40_000)

test('one that slept past its lease handles nothing more', async () => {
  await using one = await openStreams(1)
  const { bot } = one
  await expect.poll(() => polls(bot), patience).toBe(1)
  bot.room.later(21)
  await takenFor(bot, 3600)
  bot.people.say({ user: bert, text: '/help' })
  await expect.poll(() => logged(bot, 'bot listens no more'), patience).toBe(1)
  await one.end()
  expect(bot.said(bert)).toEqual([])
  expect(await bot.room.store.db.selectFrom('bot_updates').selectAll().execute()).toEqual([])
})

test('it lets go at once when it is to stop, and another need not wait', async () => {
  await using one = await openStreams(1)
  const { bot } = one
  await expect.poll(() => polls(bot), patience).toBe(1)
  const began = performance.now()
  await one.end()
  expect(performance.now() - began).toBeLessThan(2000)
  const [lease] = await bot.room.store.db.selectFrom('bots').selectAll().execute()
  expect(lease).toMatchObject({ holder: null, lease_until: null })
})

describe('trouble', () => {
  test.each([
    [409, 'Conflict: terminated by other getUpdates request', 2],
    [409, "Conflict: can't use getUpdates method while webhook is active", 1],
    [401, 'Unauthorized', 1],
    [502, 'Bad Gateway', 1],
  ])(
    '%i %s is waited out, said once and without the token',
    async (status, description, times) => {
      await using one = await openStreams(0)
      const { bot } = one
      const body = JSON.stringify({ ok: false, error_code: status, description })
      bot.people.fault({ kind: 'answer', path: 'getUpdates', times, status, body })
      const stop = new AbortController()
      const stream = holdStream(bot.desk, stop.signal)
      bot.people.say({ user: bert, text: '/help' })
      await expect.poll(() => bot.said(bert).length, patience).toBe(1)
      expect(logged(bot, 'bot hears nothing')).toBe(1)
      expect(bot.room.logged.join('\n')).not.toContain('AAsandbox')
      stop.abort()
      await stream
    },
    40_000,
  )

  test('an answer that cannot be said for the moment is said later', async () => {
    await using one = await openStreams(1)
    const { bot } = one
    bot.people.fault({ kind: 'drop-before', path: 'sendMessage' })
    bot.people.say({ user: bert, text: '/help' })
    await expect.poll(() => bot.said(bert).length, patience).toBe(1)
    expect(bot.said(bert)[0]?.text).toMatch(/^I announce/)
  })

  test('one that can never be said holds up nobody', async () => {
    await using one = await openStreams(1)
    const { bot } = one
    bot.people.fault({ kind: 'drop-before', path: 'sendMessage', times: 3 })
    bot.people.say({ user: bert, text: '/help' })
    bot.people.say({ user: anna, text: '/help' })
    await expect.poll(() => bot.said(anna).length, patience).toBe(1)
    expect(bot.said(bert)).toEqual([])
    expect(logged(bot, 'bot could not answer')).toBe(1)
  })

  test('commands that cannot be offered keep nobody from being heard', async () => {
    await using one = await openStreams(0)
    const { bot } = one
    const body = '{"ok":false,"error_code":400,"description":"Bad Request: BOT_COMMAND_INVALID"}'
    bot.people.fault({ kind: 'answer', path: 'setMyCommands', status: 400, times: 9, body })
    const stop = new AbortController()
    const stream = holdStream(bot.desk, stop.signal)
    bot.people.say({ user: bert, text: '/help' })
    await expect.poll(() => bot.said(bert).length, patience).toBe(1)
    await expect.poll(() => logged(bot, 'bot offers no commands'), patience).toBe(1)
    stop.abort()
    await stream
  })
})

test('the commands are offered in both languages, and only where they are others', async () => {
  await using one = await openStreams(1)
  const { bot } = one
  const set = () => bot.people.seen().filter(({ path }) => path.includes('setMyCommands')).length
  await expect.poll(set, patience).toBe(2)
  await one.end()
  const stop = new AbortController()
  const stream = holdStream(bot.desk, stop.signal)
  const asked = () => bot.people.seen().filter(({ path }) => path.includes('getMyCommands')).length
  await expect.poll(asked, patience).toBe(4)
  stop.abort()
  await stream
  expect(set()).toBe(2)
})

test('messages keep up by themselves with what is decided elsewhere, also meanwhile', async () => {
  await using one = await openStreams(1)
  const { bot } = one
  const article = await bot.held()
  bot.people.say({ user: anna, text: '/start' })
  await expect.poll(() => bot.said(anna).length, patience).toBe(1)
  bot.room.later(10)
  await expect.poll(() => bot.said(anna).length, patience).toBe(2)
  await bot.decideElsewhere(article, 'approve')
  await expect.poll(() => bot.said(anna).at(-1)?.text, patience).toMatch(/attend/)
  await one.end()
  await bot.decideElsewhere(article, 'cancel')
  const stop = new AbortController()
  const stream = holdStream(bot.desk, stop.signal)
  await expect.poll(() => bot.said(anna).at(-1)?.text, patience).toMatch(/annulé/)
  stop.abort()
  await stream
}, 90_000)

test('reactions are counted as Telegram tells them', async () => {
  await using bot = await openBotRoom(server)
  await bot.room.announce()
  await bot.room.publish()
  await bot.say(anna, '/start') // the server learns what is asked for
  const reactions = [
    { emoji: '👍', count: 3 },
    { emoji: '🔥', count: 4 },
  ]
  bot.people.react({ id: Number(bot.people.posts()[0]?.id), reactions })
  await bot.turn()
  const [counts] = await bot.room.store.db.selectFrom('counts').selectAll().execute()
  expect(counts).toMatchObject({ likes: 7, views: null })
})
