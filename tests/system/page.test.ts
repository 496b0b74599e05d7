import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Platforms, threePlatforms } from '../support/accounts.ts'
import { browsers, openBrowser } from '../support/browser.ts'
import { crieur, freePort, type Program } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'

const all = ['telegram', 'bluesky', 'mastodon'] as const
let platforms: Platforms
let home: Awaited<ReturnType<typeof temporaryFolder>>
let env: Record<string, string>
let start: Program
let address: string
let password: string

beforeAll(async () => {
  platforms = await threePlatforms()
  home = await temporaryFolder()
  env = {
    ...platforms.env,
    DATA_DIR: home.folder,
    PORT: String(await freePort()),
    APPROVE: 'true',
  }
  start = crieur(['start'], env)
  const said = await start.says(/^password: \S+$/m)
  address = /http:\S+/.exec(said)?.[0] ?? ''
  password = /^password: (\S+)$/m.exec(said)?.[1] ?? ''
}, 60_000)

afterAll(async () => {
  await start[Symbol.asyncDispose]()
  await platforms[Symbol.asyncDispose]()
  await home[Symbol.asyncDispose]()
})

const post = async (title: string) => {
  const excerpt = 'Une péniche a franchi l’écluse ce matin.'
  const url = `https://journal.example/${encodeURIComponent(title.slice(0, 20))}`
  const given = JSON.stringify({ url, title, excerpt, language: 'fr' })
  const ended = await crieur(['post', '-', '--json'], env, given).ended
  expect(ended.code).toBe(0)
}
const arrived = () => Promise.all(all.map(async (name) => (await platforms[name].posts()).length))

/** Somebody who came with the password, and everything their browser asked for. */
async function reader(browser: Browser, options: BrowserContextOptions = {}) {
  const page = await (await browser.newContext(options)).newPage()
  const trouble: string[] = []
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(address) && !url.startsWith('data:')) trouble.push(url)
  })
  await page.goto(address)
  await page.fill('#password', password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${address}/`)
  return { page, trouble }
}

const outcome = (page: Page) => page.locator('.outcome').innerText()

describe.each(browsers)('with real accounts, in %s', (path) => {
  test('the password that start printed opens the page, on a phone and without JavaScript: what waits is published', async () => {
    await post('Le canal rouvre')
    await using browser = await openBrowser(path)
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    })
    const page = await context.newPage()
    await page.goto(`${address}/articles/a1`)
    await page.fill('#password', `${password}x`)
    await page.click('button')
    expect(await outcome(page)).toBe('That is not the password.')
    await page.fill('#password', password)
    await page.click('button')
    expect(new URL(page.url()).pathname).toBe('/articles/a1')
    expect(await page.locator('[data-platform][data-state=held] .text').count()).toBe(3)
    await page.click('nav a >> text=Today')
    expect(await page.locator('[data-notice=held]').innerText()).toContain('Le canal rouvre')
    await page.click('text=Publish all')
    expect(await outcome(page)).toMatch(/telegram: held → waits · .*mastodon: held → waits/)
    await expect.poll(arrived, { timeout: 20_000 }).toEqual([1, 1, 1])
    const published = async () => {
      await page.reload()
      return page.locator('[data-state=published] a[rel]').count()
    }
    await expect.poll(published, { timeout: 10_000 }).toBe(3)
    expect(await page.locator('[data-notice]').count()).toBe(0)
  })

  test('an account is stopped and goes on', async () => {
    await using browser = await openBrowser(path)
    const { page, trouble } = await reader(browser)
    const button = page.locator('tr.bluesky button')
    await button.click()
    expect(await outcome(page)).toBe('bluesky is paused: its posts wait')
    expect(await page.locator('tr.bluesky .bad').innerText()).toBe('paused by page')
    const told = JSON.parse((await crieur(['queue', '--json'], env).ended).stdout)
    expect(told.accounts[1].paused).toMatchObject({ kind: 'person', reason: 'page' })
    await button.click()
    expect(await outcome(page)).toBe('bluesky goes on')
    expect(trouble).toEqual([])
  })

  test('a title of 5,000 characters with markup, signs of direction and control breaks no page', async () => {
    const nasty = `<b>Titre</b> <script>document.title='broken'</script> _x_ \u202egauche\u0007`
    await post(`${nasty}${'trèslong'.repeat(600)}`)
    await using browser = await openBrowser(path)
    for (const width of [360, 800, 1280]) {
      const { page, trouble } = await reader(browser, { viewport: { width, height: 740 } })
      for (const where of [
        '/',
        '/articles',
        '/articles/a2',
        '/articles/a1',
        '/preview',
        '/stats?by=article',
      ]) {
        await page.goto(address + where)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        expect(await page.title()).toMatch(/ · Crieur$/)
        expect(await page.locator('main b, main script').count()).toBe(0)
      }
      expect(trouble).toEqual([])
    }
  })

  test('by keyboard alone: past the ways to other pages, along what can be pressed, always seen', async () => {
    await using browser = await openBrowser(path)
    const { page } = await reader(browser)
    await page.goto(address)
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    expect(await focused.innerText()).toBe('To the content')
    expect((await focused.boundingBox())?.x).toBeGreaterThan(0)
    await page.keyboard.press('Enter')
    const pressed: string[] = []
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('Tab')
      pressed.push(await focused.innerText())
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
      expect(outline).toBe('solid')
    }
    expect(pressed).toEqual(['a2', 'Publish all', 'Skip', 'Pause', 'Pause', 'Pause'])
  })

  test('in French for whoever says so, in the dark where the screen is dark, and out again', async () => {
    await using browser = await openBrowser(path)
    const { page } = await reader(browser, { colorScheme: 'dark' })
    await page.click('text=Français')
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
    await page.click('nav a >> text=Articles')
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(paper).toBe('rgb(23, 22, 20)')
    await page.click('text=Se déconnecter')
    await page.goto(address)
    expect(new URL(page.url()).pathname).toBe('/login')
  })
})

test('the next start prints no password again, and the first one still fits', async () => {
  start.kill('SIGINT')
  const { stdout } = await start.ended
  expect(stdout.match(/^password: /gm)).toHaveLength(1)
  start = crieur(['start', '--only', 'web'], env)
  expect(await start.says(/http:\S+/)).not.toContain('password')
  const answer = await fetch(`${address}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address },
    body: new URLSearchParams({ password }),
  })
  expect(answer.status).toBe(303)
})
