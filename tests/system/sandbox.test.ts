import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browsers, openBrowser } from '../support/browser.ts'
import { crieur, freePort, type Program } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'

let home: Awaited<ReturnType<typeof temporaryFolder>>
let env: Record<string, string>
let start: Program
let address: string

async function run(...args: string[]) {
  return crieur(args, env).ended
}

async function startSandbox(): Promise<void> {
  start = crieur(['start'], env)
  const said = await start.says(/http:\S+/)
  address = /http:\S+/.exec(said)?.[0] ?? ''
}

beforeAll(async () => {
  home = await temporaryFolder()
  env = { DATA_DIR: home.folder, PORT: String(await freePort()) }
  await startSandbox()
  await start.says(/(delivery published[\s\S]*){9}/, 'stderr')
}, 60_000)

afterAll(async () => {
  await start[Symbol.asyncDispose]()
  await home[Symbol.asyncDispose]()
})

describe('with no account configured', () => {
  test('one line on stdout says the address, and it is ready', async () => {
    expect((await start.says(/\n/)).trim().split('\n')).toHaveLength(1)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
  })

  test.each(browsers)(
    'a browser shows the newest three articles as three platforms show them',
    async (path) => {
      await using browser = await openBrowser(path)
      const page = await browser.newPage()
      const refused: string[] = []
      page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
      await page.goto(address)
      const drawn = page.locator('[data-platform][data-state="published"]')
      expect(await drawn.count()).toBe(9)
      for (const platform of ['telegram', 'bluesky', 'mastodon']) {
        expect(await page.locator(`[data-platform="${platform}"]`).count()).toBe(3)
      }
      const text = await page.locator('body').innerText()
      expect(text).toContain('Le canal de la Lirelle rouvre')
      expect(text).toMatch(/\d+ \/ 300/)
      expect(text).not.toContain('Le plan du prochain numéro') // it is protected
      await page.locator('img').first().scrollIntoViewIfNeeded()
      await page.waitForFunction('[...document.images].some((image) => image.naturalWidth > 0)')
      expect(refused).toEqual([])
    },
  )

  test('what a feed could show but nobody may is not announced, and show says why', async () => {
    const queue = JSON.parse((await run('queue', '--json')).stdout)
    expect(queue.accounts).toMatchObject([
      { account: 'telegram', states: [{ state: 'published', count: 3 }] },
      { account: 'bluesky', states: [{ state: 'published', count: 3 }] },
      { account: 'mastodon', states: [{ state: 'published', count: 3 }] },
    ])
    const site = new URL(queue.sources[0].url).origin
    const shown = await run('show', `${site}/?p=32`, '--json')
    expect(JSON.parse(shown.stdout)).toMatchObject({
      state: 'unreadable',
      problem: { kind: 'article-protected' },
    })
    expect(JSON.parse(shown.stdout).why).toMatch(/password/i)
    const known = JSON.parse((await run('show', `${site}/?p=20`, '--json')).stdout)
    expect(known).toMatchObject({ state: 'known', deliveries: [] })
    expect(known.why).toMatch(/baseline/)
  })

  test('show says what is to know of a post, as a preview does', async () => {
    const { document } = parseHTML(await (await fetch(address)).text())
    const warned = [...document.querySelectorAll('.delivery .warning')]
    const cut = warned.find(({ textContent }) => textContent === 'Shortened to fit.')
    const delivery = cut?.closest('.delivery')?.id ?? ''
    const { article } = JSON.parse((await run('show', delivery, '--json')).stdout)
    for (const named of [delivery, article]) {
      expect((await run('show', named)).stdout).toMatch(/^ {5}! Shortened to fit\.$/m)
    }
  })

  test('a command beside it joins its store and posts through it', async () => {
    const queue = JSON.parse((await run('queue', '--json')).stdout)
    const site = new URL(queue.sources[0].url).origin
    const posted = await run('post', `${site}/?p=14`, '--wait', '--json')
    expect(posted).toMatchObject({ code: 0 })
    expect(JSON.parse(posted.stdout).deliveries).toHaveLength(3)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
  })

  test('a second start on the same port says whose it is', async () => {
    const second = await run('start')
    expect(second.code).toBe(3)
    expect(second.stderr).toMatch(/PORT/)
    expect(second.stderr.trim().split('\n')).toHaveLength(1)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
  })

  test('an address in the private network is not read, the sample site is', async () => {
    const refused = await run('post', 'http://127.0.0.1:1/article')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/ALLOW_PRIVATE_SOURCES/)
  })

  test('Ctrl-C ends everything; the next start shows the same posts and sends none again', async () => {
    start.kill('SIGINT')
    const { code } = await start.ended
    expect(code).toBe(0)
    await startSandbox()
    const page = await (await fetch(address)).text()
    expect(page.match(/data-state="published"/g)).toHaveLength(12)
    const queue = JSON.parse((await run('queue', '--json')).stdout)
    expect(queue.accounts[0].states).toEqual([{ state: 'published', count: 4 }])
  })
})
