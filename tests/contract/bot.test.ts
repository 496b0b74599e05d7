import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decisionsOn } from '../../src/decisions/ledger.ts'
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
    expect(last(bot, anna)?.text).toMatch(/annonce vos articles[^]*\n\/queue · /)
    expect(last(bot, bert)?.text).toMatch(/announce your articles[^]*\n\/queue · /)
  })

  test('whatever somebody calls themselves, their number tells who it is', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    const mallory = { ...bert, first_name: '\u202eannA\u0007\n(123456)' }
    await bot.say(mallory, `/approve a${article}`)
    const decided = await decisionsOn(bot.room.store.db, { article, deliveries: [article] })
    expect(decided.map(({ who }) => who)).toEqual(['annA (123456) (234567)'])
  })
})

describe('an article that waits', () => {
  test('is one card with the three texts and their counts', async () => {
    await using bot = await openBotRoom(server, { three: true })
    await bot.held()
    await told(bot)
    const text = last(bot, bert)?.text ?? ''
    expect(text).toMatch(
      /telegram {2}\d+ \/ 4096[^]*bluesky {2}\d+ \/ 300[^]*mastodon {2}\d+ \/ 500/,
    )
    expect(text.match(/les péniches passent de nouveau/g)).toHaveLength(3)
    expect(last(bot, bert)?.buttons).toHaveLength(2)
  })

  test('«publish all» sends it, and the card becomes the report: its link, then what readers did', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    const card = last(bot, anna)
    await bot.press(anna, 'ok:')
    expect(bot.answered()).toBe('telegram: retenu → attend')
    await bot.room.publish()
    await bot.refresh(`a${article}`)
    const report = () => bot.said(anna).find(({ id }) => id === card?.id)
    expect(report()?.text).toMatch(/publié · https:\/\/t\.me\//)
    expect(report()?.buttons).toEqual([])
    expect(bot.people.posts()).toHaveLength(1)
    const post = Number(bot.people.posts()[0]?.id)
    bot.people.react({
      id: post,
      reactions: [
        { emoji: '👍', count: 3 },
        { emoji: '🔥', count: 4 },
      ],
    })
    await bot.turn()
    await bot.refresh(`a${article}`)
    expect(report()?.text).toMatch(/t\.me\/\S+\nj’aime 7 · partages – /)
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

  test('two who press in the same moment: one decides, the other is told who did', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    for (const [user, begins] of [[bert, 'no:'] as const, [anna, 'ok:'] as const]) {
      const card = last(bot, user)
      const data = card?.buttons.find((one) => one.startsWith(begins)) ?? ''
      bot.people.press({ user: user.id, message_id: card?.id ?? 0, data })
    }
    await bot.turn()
    expect(bot.people.answers().map(({ text }) => text)).toEqual([
      'telegram: held → canceled',
      expect.stringMatching(/^telegram: cela a changé.*annulé · annulé par Bert \(234567\)/),
    ])
    expect((await bot.room.only(article)).state).toBe('canceled')
    expect(last(bot, anna)?.text).toMatch(/annulé/)
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
    expect(last(bot, anna)).toMatchObject({ buttons: [], text: expect.stringMatching(/attend/) })
  })
})

describe('what means nothing', () => {
  let bot: BotRoom
  beforeAll(async () => {
    bot = await openBotRoom(server)
  })
  afterAll(() => bot[Symbol.asyncDispose]())

  test.each(['ok:d4711:1', 'go:c4711:0', 'xx:a1:1', 'ok:a1', '', 'ok:a99999999999999999999:1'])(
    'a button (%s) is answered, and nothing happens',
    async (data) => {
      await bot.say(bert, '/help')
      const message_id = last(bot, bert)?.id ?? 0
      bot.people.press({ user: bert.id, message_id, data, force: true })
      await bot.turn()
      expect(bot.answered()).toMatch(/^there is no |^There is no d4711/)
    },
  )

  test.each([
    ['/cancel d4711', /There is no d4711\. \/queue shows/],
    ['/approve all', /“all” is no id/],
    [
      '/approve https://journal.example/never/',
      /never heard of https:\/\/journal\.example\/never\//,
    ],
    ['hello there', /address of an article, or \/help/],
    ['/nonsense', /address of an article, or \/help/],
    [`/approve ${'x'.repeat(4080)}`, /^“x{2048}” is no id/],
  ])('%#: one line that says what to do', async (text, expected) => {
    const before = bot.said(bert).length
    await bot.say(bert, text)
    expect(bot.said(bert)).toHaveLength(before + 1)
    expect(last(bot, bert)?.text).toMatch(expected)
    expect(last(bot, bert)?.text).not.toContain('crieur')
  })
})

describe('what somebody writes', () => {
  test('/post with a sentence says what it takes; with a link the article is read', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/post bonjour à tous')
    expect(last(bot, anna)?.text).toMatch(/^\/post prend l’adresse/)
    await bot.say(anna, 'à lire (https://journal.example/2026/02/le-moulin/), non ?')
    expect(last(bot, anna)?.text).toMatch(/Je le lis/)
    const heard = () => bot.room.store.db.selectFrom('articles').selectAll().execute()
    expect(await heard()).toMatchObject([
      { via: 'bot', state: 'heard', url: 'https://journal.example/2026/02/le-moulin/' },
    ])
    await bot.say(bert, '/post https://journal.example/2026/02/le-moulin/?utm_source=x')
    expect(await heard()).toHaveLength(1)
    await bot.say(bert, 'https://journal.example/one/ or https://journal.example/two/')
    expect(last(bot, bert)?.text).toMatch(/^\/post takes the address/)
  })

  test('an article that waits before them needs no second card', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    const { url } = await bot.room.store.db
      .selectFrom('articles')
      .select('url')
      .where('id', '=', article)
      .executeTakeFirstOrThrow()
    await bot.say(bert, '/start')
    await bot.say(anna, url)
    await bot.tell()
    expect(bot.said(anna)).toHaveLength(1)
    expect(bot.said(bert)).toHaveLength(2)
  })

  test('/pause and /resume, for one account and for all; one that there is not', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/pause Telegram')
    expect(last(bot, anna)?.text).toBe('telegram est en pause\u00a0: ses messages attendent')
    await bot.say(bert, '/pause')
    expect(last(bot, bert)?.text).toMatch(/paused already.*Anna/)
    await bot.say(bert, '/status')
    expect(last(bot, bert)?.text).toMatch(/telegram · paused · no post yet\nAnna \(123456\)/)
    const article = await bot.room.announce()
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('pending')
    await bot.press(bert, 'go:')
    expect(bot.answered()).toBe('telegram goes on')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('published')
    await bot.say(anna, '/pause nulle-part')
    expect(last(bot, anna)?.text).toContain('nulle-part')
  })

  test('each list tells of nothing, and of something', async () => {
    await using bot = await openBotRoom(server)
    const answers = async () => {
      const told = []
      for (const command of ['/queue', '/status', '/stats', '/approve', '/cancel']) {
        await bot.say(bert, command)
        told.push(last(bot, bert)?.text)
      }
      return told
    }
    expect(await answers()).toEqual([
      'Goes out next\nNothing waits to go out.\n\nNeeds you\nNothing needs you.',
      'telegram · runs · no post yet',
      'The last 30 days\nno post yet',
      'Nothing waits for your yes.',
      'Nothing waits to go out.',
    ])
    await bot.room.announce({ title: 'Le moulin' })
    await bot.room.publish()
    await bot.room.announce({ title: 'Le pont' })
    await bot.held()
    expect(await answers()).toEqual([
      expect.stringMatching(
        /^Goes out next\ntelegram · about .* · Le pont\n\nNeeds you\nn1 · .*Le canal rouvre/,
      ),
      expect.stringMatching(/^telegram · runs · held 1 · waits 1 · published 1 · last post \d/),
      expect.stringMatching(
        /^The last 30 days\ntelegram · 1 post\nlikes – .*\n\nRead most\nLe moulin\n/,
      ),
      expect.stringMatching(/^Which one\?\nn1 · Le canal rouvre$/),
      expect.stringMatching(/^Which one\?\na2 · Le pont\na3 · Le canal rouvre$/),
    ])
    expect(last(bot, bert)?.buttons).toEqual(['no:a2:1', 'no:a3:1'])
  })

  test('/cancel lets one choose, and several ids are decided together', async () => {
    await using bot = await openBotRoom(server)
    const [one, two, three] = [await bot.held(), await bot.held(), await bot.held()]
    await bot.say(anna, '/cancel')
    await bot.press(anna, `no:a${two}:`)
    await bot.say(anna, `/approve A${one} a${three}`)
    expect(last(bot, anna)?.text).toBe('telegram: retenu → attend\ntelegram: retenu → attend')
    await bot.say(anna, '/cancel')
    expect(last(bot, anna)?.buttons.map((data) => data.split(':')[1])).toEqual([
      `a${one}`,
      `a${three}`,
    ])
  })
})

test('a title of 5,000 characters that would be markup breaks no message', async () => {
  await using bot = await openBotRoom(server, { three: true })
  const nasty =
    '<b>Canal</b> _rouvre_ *tout* [x](y) \u202eesrever\u2067\u0007\u{1f469}\u200d\u{1f469}'
  const title = `${nasty} ${'très '.repeat(1000)}`
  for (let number = 0; number < 4; number += 1) await bot.held('approval', { title })
  await told(bot)
  const commands = [
    '/queue',
    '/approve',
    '/cancel',
    '/status',
    '/stats',
    '/approve n1',
    '/cancel n2',
  ]
  for (const command of commands) await bot.say(anna, command)
  await bot.room.publish()
  await bot.refresh('a1', 'a2')
  expect(bot.said(anna)).toHaveLength(commands.length + 4) // the greeting, what was told, two cards
  expect(bot.room.logged.join('\n')).not.toMatch(/could not|failed in/)
  const messages = bot.people.chats().flatMap((chat) => chat.messages)
  const texts = messages.filter(({ by }) => by === 'bot').map(({ text }) => text)
  for (const text of texts) {
    expect(Array.from(text).length).toBeLessThanOrEqual(4096)
    for (const sign of ['\u0007', '\u202e', '\u2067']) expect(text).not.toContain(sign)
    expect(text.split('\u2068')).toHaveLength(text.split('\u2069').length)
  }
  expect(texts.join('\n')).toContain('<b>Canal</b> _rouvre_ *tout* [x](y) esrever')
})
