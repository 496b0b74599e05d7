import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notices } from '../../src/notices/view.ts'
import { anna, bert, type BotRoom, openBotRoom } from '../support/desk.ts'
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
describe('a post that may or may not stand', () => {
  async function lost(): Promise<{ bot: BotRoom; article: number }> {
    const bot = await openBotRoom(server)
    bot.people.fault({ kind: 'answer', path: '/s/', method: 'GET', status: 302, times: 9 })
    bot.people.fault({ kind: 'drop-after', path: 'sendMessage' })
    const article = await bot.room.announce()
    await bot.room.publish()
    bot.room.later(30) // nobody can look through the channel
    await bot.room.publish()
    await told(bot)
    return { bot, article }
  }

  test('«it is there»: the next link says where', async () => {
    const { bot, article } = await lost()
    await using _ = bot
    const url = bot.people.posts()[0]?.url ?? ''
    await bot.press(anna, 'is:')
    expect(last(bot, anna)?.text).toMatch(/adresse du message sur telegram/)
    await bot.say(anna, 'https://elsewhere.example/1')
    expect(last(bot, anna)?.text).toMatch(/n’est l’adresse d’aucun message de telegram/)
    expect((await bot.room.only(article)).state).toBe('uncertain')
    await bot.say(anna, url)
    expect(await bot.room.only(article)).toMatchObject({ state: 'published', url })
    expect(await notices(bot.room.store.db)).toEqual([])
  })

  test('after ten minutes a link is an article again, unless it replies to the question', async () => {
    const { bot, article } = await lost()
    await using _ = bot
    const url = bot.people.posts()[0]?.url ?? ''
    await bot.press(bert, 'is:')
    const question = last(bot, bert)?.id ?? 0
    bot.room.later(11 * 60)
    await bot.say(bert, 'https://journal.example/another/')
    expect(last(bot, bert)?.text).toMatch(/being read/)
    await bot.say(bert, url, question)
    expect((await bot.room.only(article)).state).toBe('published')
  })

  test('«it is there» pressed when it is settled already asks nothing', async () => {
    const { bot, article } = await lost()
    await using _ = bot
    const card = last(bot, anna)
    const data = card?.buttons.find((one) => one.startsWith('is:')) ?? ''
    await bot.press(bert, 'ag:')
    bot.people.press({ user: anna.id, message_id: card?.id ?? 0, data, force: true })
    await bot.turn()
    expect(bot.answered()).toMatch(/^telegram: cela a changé.*Bert/)
    expect(last(bot, anna)?.text).not.toMatch(/Envoyez-moi/)
    expect((await bot.room.only(article)).state).toBe('pending')
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
    await bot.refresh(`a${article}`, 'n1')
    expect(last(bot, anna)?.text).toMatch(/tranché par Bert \(234567\) \(Telegram\), /)
  })
})

describe('a post that was refused', () => {
  async function refused(): Promise<{ bot: BotRoom; article: number }> {
    const bot = await openBotRoom(server)
    const body = '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}'
    bot.people.fault({ kind: 'answer', path: 'sendMessage', status: 400, body })
    const article = await bot.room.announce()
    await bot.room.publish()
    await told(bot)
    return { bot, article }
  }

  test('is tried again by its button, and the message says by whom', async () => {
    const { bot, article } = await refused()
    await using _ = bot
    expect(last(bot, bert)?.text).toMatch(/^not published on telegram.*too long/)
    await bot.press(bert, 're:')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('published')
    await bot.refresh('n1')
    expect(last(bot, anna)?.text).toMatch(/réessayé par Bert/)
  })

  test('is given up by its button', async () => {
    const { bot, article } = await refused()
    await using _ = bot
    await bot.press(anna, 'no:')
    expect((await bot.room.only(article)).state).toBe('canceled')
    expect(await notices(bot.room.store.db)).toEqual([])
    await bot.say(bert, '/retry')
    expect(last(bot, bert)?.text).toBe('Nothing has failed.')
  })

  test('is tried again by /retry with all that failed, and once only', async () => {
    const { bot, article } = await refused()
    await using _ = bot
    await bot.say(anna, '/retry')
    expect(last(bot, anna)?.text).toBe('1 message est réessayé.')
    await bot.say(anna, '/retry')
    expect(last(bot, anna)?.text).toBe('Rien n’a échoué.')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('published')
  })
})

test('an account that is let in no more goes on by its button', async () => {
  await using bot = await openBotRoom(server)
  const body =
    '{"ok":false,"error_code":400,"description":"Bad Request: not enough rights to post"}'
  bot.people.fault({ kind: 'answer', path: 'sendMessage', status: 400, body })
  const article = await bot.room.announce()
  await bot.room.publish()
  await told(bot)
  expect(last(bot, bert)?.text).toMatch(/telegram lets Crieur in no more/)
  await bot.press(bert, 'go:')
  expect(bot.answered()).toBe('telegram goes on')
  await bot.room.publish()
  expect((await bot.room.only(article)).state).toBe('published')
  await bot.refresh('n1')
  expect(last(bot, anna)?.text).toMatch(
    /^telegram ne laisse plus entrer Crieur\.\n\nremis en route par Bert/,
  )
})

describe('too many at once', () => {
  const states = async ({ room }: BotRoom) => {
    const rows = await room.store.db
      .selectFrom('deliveries')
      .innerJoin('articles', 'articles.id', 'article_id')
      .select((row) => [row.ref('article', '->>').key('title').as('title'), 'deliveries.state'])
      .orderBy('deliveries.id')
      .execute()
    return rows.map(({ title, state }) => `${title?.replace('Numéro ', '')} ${state}`)
  }

  test('are one message; «the newest 3» lets three go, and the message says by whom', async () => {
    await using bot = await openBotRoom(server)
    const notice = await bot.flood(7)
    await told(bot)
    expect(bot.said(anna)).toHaveLength(2)
    expect(last(bot, anna)?.text).toMatch(
      /^7 articles d’un coup venant de journal\.example\n\nNuméro 7\n/,
    )
    await bot.press(anna, 'n3:')
    expect(bot.answered()).toBe('3 articles partent, 4 ne partent pas')
    expect(await states(bot)).toEqual([
      ...['1 canceled', '2 canceled', '3 canceled', '4 canceled'],
      ...['5 pending', '6 pending', '7 pending'],
    ])
    await bot.refresh(`n${notice}`)
    expect(last(bot, bert)?.text).toMatch(/3 articles go out, 4 do not · approved by Anna/)
    expect(last(bot, bert)?.buttons).toEqual([])
    await bot.say(bert, `/approve n${notice} 5`)
    expect(last(bot, bert)?.text).toMatch(/settled already · .*Anna/)
  })

  test('another number is typed; what is no number lets nothing go', async () => {
    await using bot = await openBotRoom(server)
    const notice = await bot.flood(4)
    for (const typed of ['0', '-1', '3.5', 'five', '3 3']) {
      await bot.say(bert, `/approve n${notice} ${typed}`)
      expect(await states(bot)).toEqual(['1 held', '2 held', '3 held', '4 held'])
    }
    await bot.say(bert, '/approve a1 3')
    expect(last(bot, bert)?.text).toMatch(/^A number is for too many articles at once/)
    await bot.say(bert, `/approve N${notice} 2`)
    expect(last(bot, bert)?.text).toBe('2 articles go out, 2 do not')
    expect(await states(bot)).toEqual(['1 canceled', '2 canceled', '3 pending', '4 pending'])
  })

  test('an answer to fewer than there are by now does nothing', async () => {
    await using bot = await openBotRoom(server)
    const notice = await bot.flood(3)
    await told(bot)
    await bot.room.store.db
      .updateTable('articles')
      .set({ notice_id: notice })
      .where('id', '=', await bot.held())
      .execute()
    await bot.press(anna, 'ok:')
    expect(bot.answered()).toMatch(/4 articles/)
    expect((await states(bot)).slice(0, 3)).toEqual(['1 held', '2 held', '3 held'])
    expect(bot.said(anna).at(-1)?.buttons[0]).toBe(`ok:n${notice}:4`)
  })
})

describe('telling', () => {
  test('each is told once; many at once are one message that keeps up', async () => {
    await using bot = await openBotRoom(server)
    const articles = []
    for (let number = 0; number < 5; number += 1)
      articles.push(await bot.held('old', { title: `Article ${number}` }))
    await told(bot)
    expect(bot.said(anna)).toHaveLength(2)
    expect(last(bot, anna)?.text).toMatch(/Article 4/)
    await bot.tell()
    expect(bot.said(anna)).toHaveLength(2)
    expect(bot.said(bert)).toHaveLength(2)
    await bot.decideElsewhere(articles[4] ?? 0, 'cancel')
    bot.room.later(3600)
    await bot.refresh(`a${articles[4]}`)
    expect(last(bot, anna)?.text).not.toMatch(/Article 4/)
  })

  test('whoever comes later is told then what is still open', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/start')
    const [one, two] = [await bot.held(), await bot.held()]
    await bot.tell()
    await bot.decideElsewhere(one, 'cancel')
    await bot.say(bert, '/start')
    await bot.tell()
    expect(bot.said(anna)).toHaveLength(3)
    expect(bot.said(bert)).toHaveLength(2)
    expect(last(bot, bert)?.buttons[0]).toContain(`a${two}`)
  })

  test('what one could not be told for the moment they are told later, and the others not again', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/start')
    await bot.say(bert, '/start')
    await bot.held()
    bot.people.fault({ kind: 'drop-before', path: 'sendMessage' })
    await expect(bot.tell()).rejects.toMatchObject({ kind: 'unavailable' })
    expect(bot.said(anna).length + bot.said(bert).length).toBe(3)
    await bot.tell()
    expect([bot.said(anna).length, bot.said(bert).length]).toEqual([2, 2])
  })

  test('too much at once: it waits as long as Telegram says', async () => {
    await using bot = await openBotRoom(server)
    await bot.say(anna, '/start')
    await bot.held()
    const body =
      '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}'
    bot.people.fault({ kind: 'answer', path: 'sendMessage', status: 429, body })
    await bot.tell()
    expect(last(bot, anna)?.text).toMatch(/Le canal rouvre/)
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
    expect(bot.room.logged.filter((line) => line.includes('admin not told'))).toHaveLength(1)
    expect(await notices(bot.room.store.db, { untold: true })).toHaveLength(1)
    await bot.say(anna, '/start')
    await bot.tell()
    expect(last(bot, anna)?.text).toMatch(/Le canal rouvre/)
    expect((await bot.room.only(article)).state).toBe('held')
  })

  test('answered elsewhere, its message says so to all but those who blocked the bot', async () => {
    await using bot = await openBotRoom(server)
    const article = await bot.held()
    await told(bot)
    bot.people.block({ user: bert.id })
    await bot.decideElsewhere(article, 'cancel')
    await bot.refresh(`a${article}`)
    await bot.refresh(`a${article}`)
    expect(last(bot, anna)?.text).toMatch(/annulé/)
    expect(last(bot, anna)?.buttons).toEqual([])
    expect(last(bot, bert)?.buttons).toHaveLength(2)
    expect(bot.people.seen().filter(({ path }) => path.includes('editMessageText'))).toHaveLength(2)
  })
})

describe('a change that its platform refused', () => {
  async function refused(): Promise<{ bot: BotRoom; article: number }> {
    const bot = await openBotRoom(server)
    const article = await bot.room.announce()
    await bot.room.publish()
    bot.room.later(60)
    const body =
      '{"ok":false,"error_code":400,"description":"Bad Request: message can\'t be deleted"}'
    bot.people.fault({ kind: 'answer', path: 'deleteMessage', status: 400, body })
    await bot.room.say(article, { kind: 'delete' })
    await bot.room.publish()
    await told(bot)
    return { bot, article }
  }

  test('is told with the reason, and tried again by a button', async () => {
    const { bot, article } = await refused()
    await using _ = bot
    expect(last(bot, anna)?.text).toMatch(/48 hours/)
    await bot.press(bert, 're:')
    await bot.room.publish()
    expect((await bot.room.only(article)).state).toBe('deleted')
  })

  test('or left as it is', async () => {
    const { bot, article } = await refused()
    await using _ = bot
    await bot.press(bert, 'no:')
    expect(await bot.room.only(article)).toMatchObject({ state: 'published', change: null })
    expect(await notices(bot.room.store.db)).toEqual([])
  })
})

test('/delete asks once more, then takes down what stands', async () => {
  await using bot = await openBotRoom(server)
  const article = await bot.room.announce()
  await bot.room.publish()
  bot.room.later(60)
  await bot.say(anna, '/start')
  await bot.say(anna, '/delete')
  expect(last(bot, anna)?.text).toMatch(/\/delete d34/)
  await bot.say(anna, `/delete a${article}`)
  expect(last(bot, anna)?.buttons).toHaveLength(1)
  expect((await bot.room.only(article)).change).toBeNull()
  await bot.press(anna, 'rm:')
  expect(bot.answered()).toMatch(/^telegram: sera retiré/)
  await bot.room.publish()
  expect(await bot.room.only(article)).toMatchObject({ state: 'deleted' })
  await bot.say(anna, `/delete a${article}`)
  expect(last(bot, anna)?.buttons).toEqual([])
})
