import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type SampleSite, startSite } from '../../src/sandbox/site.ts'
import { type Platforms, threePlatforms } from '../support/accounts.ts'
import { browsers, openBrowser } from '../support/browser.ts'
import { crieur, freePort, type Program } from '../support/program.ts'
import { signedWith } from '../support/signature.ts'
import { temporaryFolder } from '../support/store.ts'

const key = Buffer.from('a key for the whole newsroom, 32')
const password = 'the password of this test'
let platforms: Platforms
let site: SampleSite
let home: Awaited<ReturnType<typeof temporaryFolder>>
let start: Program
let address: string
let env: Record<string, string>

beforeAll(async () => {
  platforms = await threePlatforms()
  site = await startSite({ port: 0 })
  home = await temporaryFolder()
  env = {
    ...platforms.env,
    DATA_DIR: home.folder,
    PORT: String(await freePort()),
    TELEGRAM_ADMINS: '123456',
    WEBHOOK_SECRET: `whsec_${key.toString('base64')}`,
    API_TOKEN: 'a-token-for-this-test',
    ADMIN_PASSWORD: password,
    ALLOW_PRIVATE_SOURCES: 'true',
    HOLD_OLDER: '10000d',
  }
  start = crieur(['start'], env)
  address = /http:\S+/.exec(await start.says(/http:\S+/))?.[0] ?? ''
}, 60_000)

afterAll(async () => {
  await start[Symbol.asyncDispose]()
  await site.close()
  await platforms[Symbol.asyncDispose]()
  await home[Symbol.asyncDispose]()
})

/** What a WordPress of that site would say. */
function hook(event: 'publish' | 'update' | 'trash', id: number, message = randomUUID()) {
  const body = JSON.stringify({ event, site: `${site.url}/`, id, url: `${site.url}/?p=${id}` })
  return fetch(`${address}/hooks/wordpress`, {
    method: 'POST',
    headers: signedWith(key, message, new Date(), body),
    body,
  })
}

const answered = z.object({ id: z.string(), deliveries: z.array(z.unknown()) })
const delivered = z.object({ deliveries: z.array(z.object({ state: z.string() })) })

async function deliveriesOf(article: string) {
  const headers = { authorization: 'Bearer a-token-for-this-test' }
  const answer = await fetch(`${address}/api/articles/${article}`, { headers })
  return delivered.parse(await answer.json()).deliveries
}

const all = ['telegram', 'bluesky', 'mastodon'] as const
const arrived = () => Promise.all(all.map(async (name) => (await platforms[name].posts()).length))

describe('an article is published on the site', () => {
  test('its hook makes three posts; the same message again makes none', async () => {
    const message = randomUUID()
    const answer = await hook('publish', 29, message)
    expect(answer.status).toBe(202)
    const { id } = answered.parse(await answer.json())
    await expect.poll(arrived, { timeout: 20_000 }).toEqual([1, 1, 1])
    await expect
      .poll(async () => (await deliveriesOf(id)).map(({ state }) => state), { timeout: 10_000 })
      .toEqual(['published', 'published', 'published'])
    const again = await hook('publish', 29, message)
    expect([again.status, answered.parse(await again.json()).id]).toEqual([202, id])
    expect((await hook('publish', 29)).status).toBe(202)
    expect(await arrived()).toEqual([1, 1, 1])
  }, 60_000)

  test.each(browsers)(
    'somebody logs in, sees it, stops an account and lets it go on, without any script',
    async (path) => {
      await using browser = await openBrowser(path)
      const context = await browser.newContext({ javaScriptEnabled: false })
      const page = await context.newPage()
      const refused: string[] = []
      page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
      await page.goto(`${address}/articles/a1`)
      await page.fill('#password', password)
      await page.click('button[type=submit]')
      expect(new URL(page.url()).pathname).toBe('/articles/a1')
      expect(await page.locator('[data-platform][data-state="published"]').count()).toBe(3)
      await page.goto(address)
      await page.locator('tr.telegram button').click()
      expect(await page.locator('.outcome').innerText()).toMatch(/telegram is paused/)
      const posted = await hook('publish', 20)
      const { id } = answered.parse(await posted.json())
      await expect
        .poll(async () => (await deliveriesOf(id)).map(({ state }) => state), { timeout: 20_000 })
        .toEqual(['pending', 'published', 'published'])
      await page.locator('tr.telegram button').click()
      await expect.poll(arrived, { timeout: 20_000 }).toEqual([2, 2, 2])
      expect(refused).toEqual([])
    },
    60_000,
  )

  test('the bot offers its commands and counts what readers do', async () => {
    const told = z.array(z.object({ method: z.string(), path: z.string() }))
    const asked = told.parse(await platforms.telegram.seen()).map(({ path }) => path)
    expect(asked.some((path) => path.includes('setMyCommands'))).toBe(true)
    const [post] = await platforms.telegram.posts()
    await fetch(`${platforms.telegram.url}/_/react`, {
      method: 'POST',
      body: JSON.stringify({ id: Number(post?.id), reactions: [{ emoji: '👍', count: 5 }] }),
    })
    const likes = async () => {
      const ended = await crieur(['show', 'a1', '--json'], env).ended
      return ended.stdout
    }
    await expect.poll(likes, { timeout: 20_000 }).toMatch(/"likes":5/)
  }, 60_000)

  test('what is trashed before it went out does not go out', async () => {
    await crieur(['pause'], env).ended
    const { id } = answered.parse(await (await hook('publish', 17)).json())
    await expect.poll(() => deliveriesOf(id), { timeout: 20_000 }).toHaveLength(3)
    await hook('trash', 17)
    expect((await deliveriesOf(id)).map(({ state }) => state)).toEqual([
      'canceled',
      'canceled',
      'canceled',
    ])
    await crieur(['resume'], env).ended
    expect(await arrived()).toEqual([2, 2, 2])
  }, 60_000)
})
