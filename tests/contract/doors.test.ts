import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../src/web/routes.ts'
import { anna, openBotRoom } from '../support/desk.ts'
import { type Server, temporaryServer } from '../support/store.ts'
import { webOf } from '../unit/web/house.ts'

const TIMES = 100
const ours = { host: 'localhost:8080', origin: 'http://localhost:8080' }
let server: Server
beforeAll(async () => {
  server = await temporaryServer()
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

test('one article decided from the page and from the bot in the same moment, a hundred times: one decides, the other is told', async () => {
  await using bot = await openBotRoom(server)
  const { store } = bot.room
  const app = await routes(webOf(store), () => true)
  const open = async (path: string) =>
    parseHTML(await (await app.request(path, { headers: ours })).text()).document
  const csrf = (await open('/')).querySelector('[name=csrf]')?.getAttribute('value') ?? ''
  await bot.say(anna, '/start')
  const wins = { page: 0, bot: 0 }
  for (let time = 0; time < TIMES; time += 1) {
    const article = await bot.held('approval', { title: `Article ${time}` })
    await bot.say(anna, '/approve')
    const card = bot.said(anna).at(-1)
    const [notice] = await store.db
      .selectFrom('notices')
      .select('id')
      .where('article_id', '=', article)
      .execute()
    const data = card?.buttons.find((one) => one.startsWith(`ok:n${notice?.id}:`)) ?? ''
    bot.people.press({ user: anna.id, message_id: card?.id ?? 0, data })
    const form = { csrf, on: `a${article}`, kind: 'cancel', version: '1' }
    const sent = { method: 'POST', headers: ours, body: new URLSearchParams(form) }
    const [answer] = await Promise.all([app.request('/decide', sent), bot.turn()])
    const decided = await store.db
      .selectFrom('decisions')
      .innerJoin('deliveries', 'deliveries.id', 'decisions.delivery_id')
      .select(['door', 'to_state', 'state'])
      .where('deliveries.article_id', '=', article)
      .execute()
    expect(decided).toHaveLength(1)
    const [decision] = decided
    expect(decision?.state).toBe(decision?.to_state)
    const page = await open(answer.headers.get('location') ?? '')
    const saidByPage = page.querySelector('.outcome')?.textContent ?? ''
    if (decision?.door === 'page') {
      wins.page += 1
      expect(bot.answered()).toMatch(/page/)
      expect(saidByPage).toContain('canceled')
    } else {
      wins.bot += 1
      expect(saidByPage).toMatch(/Anna \(123456\)/)
      expect(bot.answered()).toContain('telegram')
    }
    await store.db.updateTable('deliveries').set({ state: 'canceled', due_at: null }).execute()
  }
  expect(wins.page + wins.bot).toBe(TIMES)
}, 120_000)
