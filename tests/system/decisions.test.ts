import { expect, test } from 'vitest'
import { threePlatforms } from '../support/accounts.ts'
import { crieur, freePort } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'
import { serve } from '../unit/net/serve.ts'

interface Told {
  on: string
  moved: { id: string; account: string; from: string; state: string }[]
  refused: { id: string; why: string; state: string; message: string; last: object | null }[]
  articles: { go: number; skip: number } | null
  late: { why: string; message: string } | null
}

/** A title that harms a terminal that takes it at its word. */
const title = 'Le canal \u001B[31mrouvre\u0007'
const article = (number: number) =>
  JSON.stringify({
    url: `https://journal.example/${number}/`,
    title: `${title} ${number}`,
    excerpt: 'Après deux ans.',
  })

test('what waits for approval is told, approved, paused, resumed and sent, with and without a start', async () => {
  await using platforms = await threePlatforms()
  await using home = await temporaryFolder()
  const env = { ...platforms.env, DATA_DIR: home.folder, TZ: 'UTC' }
  const run = (...args: string[]) => crieur(args, env).ended
  const json = async (...args: string[]): Promise<Told[]> =>
    JSON.parse((await run(...args, '--json')).stdout)

  const held = await crieur(['post', '-', '--wait'], { ...env, APPROVE: 'true' }, article(1)).ended
  expect(held.code).toBe(1)
  expect(held.stdout).toMatch(/^d3 +mastodon: held · waits for approval$/m)
  expect(held.stderr).toContain('crieur approve a1 · crieur cancel a1')
  expect(held.stdout).not.toContain('\u001B')

  const queue = await run('queue')
  expect(queue.stdout).toMatch(
    /Needs you\n {2}n1 .*Le canal.*\n +crieur approve n1 · crieur cancel n1$/m,
  )
  const paused = await run('pause', 'mastodon')
  expect(paused).toMatchObject({
    code: 0,
    stdout: 'mastodon is paused: its posts wait\n',
    stderr: '',
  })
  const canceled = await run('cancel', 'd1')
  expect(canceled).toMatchObject({
    code: 0,
    stdout: 'd1   telegram: held → canceled\n',
    stderr: '',
  })
  const approved = await run('approve', 'https://journal.example/1')
  expect(approved.stdout).toMatch(/^d2 +bluesky: held → waits\nd3 +mastodon: held → waits\n$/)
  expect(approved.stderr).toMatch(/^No crieur start is running.*\nmastodon is paused: .*\n$/)
  expect(approved.code).toBe(0)

  await using start = crieur(['start'], { ...env, PORT: String(await freePort()) })
  await start.says(/http:/)
  const again = await run('approve', 'n1')
  expect(again.stdout).toMatch(/^n1 +this is settled already · approved by \S+ \(command line\), /)
  expect(again.code).toBe(1)
  const [refused] = await json('approve', 'd1')
  expect(refused).toMatchObject({ on: 'd1', moved: [], articles: null, late: null })
  expect(refused?.refused).toMatchObject([
    { id: 'd1', why: 'unfit', state: 'canceled', last: { kind: 'cancel', door: 'cli' } },
  ])
  expect((await run('retry', 'd1')).stdout).toBe('d1   telegram: canceled → waits\n')
  const sent = await crieur(['post', '-', '--wait', '--json'], env, article(1)).ended
  const { deliveries } = JSON.parse(sent.stdout)
  expect(deliveries).toMatchObject([
    { account: 'telegram', state: 'published' },
    { account: 'bluesky', state: 'published' },
    { account: 'mastodon', state: 'pending', waitsFor: 'account paused' },
  ])
  const shown = await run('show', 'd1')
  expect(shown.stdout).toMatch(/ · canceled by \S+ \(command line\) · held → canceled$/m)
  expect(shown.stdout).toMatch(/ · tried again by \S+ \(command line\) · canceled → waits$/m)
  expect(shown.stdout).toMatch(/likes – · reposts – · replies – · quotes – · views –$/m)

  const resumed = await run('resume')
  expect(resumed.stdout).toContain('mastodon goes on\n')
  expect(resumed).toMatchObject({ code: 0, stderr: '' })
  const all = await crieur(['post', '-', '--wait'], env, article(1)).ended
  expect(all.code).toBe(0)
  for (const { posts } of [platforms.telegram, platforms.bluesky, platforms.mastodon]) {
    expect(await posts()).toHaveLength(1)
  }
})

test('a feed that suddenly holds many: nothing goes out, one notice; the newest three are let go', async () => {
  await using platforms = await threePlatforms()
  await using home = await temporaryFolder()
  let many = 0
  const now = Date.now()
  await using site = await serve((request, response, origin) => {
    const number = Number(/^\/(\d+)\/$/.exec(request.url ?? '')?.[1] ?? 0)
    const at = (one: number) => new Date(now - one * 60_000)
    if (number > 0) {
      return response.writeHead(200, { 'content-type': 'text/html' }).end(
        `<html lang="fr"><head><meta property="og:type" content="article"><title>Page ${number}.</title>
<meta property="article:published_time" content="${at(number).toISOString()}"></head>
<body class="single single-post"><article><h1>Page ${number}.</h1><p>Le canal rouvre.</p></article></body></html>`,
      )
    }
    const items = Array.from({ length: many }, (_, index) => index + 1).map(
      (one) =>
        `<item><title>Page ${one}.</title><link>${origin}/${one}/</link><pubDate>${at(one).toUTCString()}</pubDate></item>`,
    )
    return response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(`<rss version="2.0"><channel><title>Journal</title>${items.join('')}</channel></rss>`)
  })
  const env = {
    ...platforms.env,
    DATA_DIR: home.folder,
    PORT: String(await freePort()),
    FEEDS: `${site.url}/feed/`,
    FEED_INTERVAL: '10s',
    ALLOW_PRIVATE_SOURCES: 'true',
  }
  const run = (...args: string[]) => crieur(args, env).ended
  await using start = crieur(['start'], env)
  await start.says(/0 articles are known already/, 'stderr')
  await using watch = crieur(['queue', '--watch'], env)
  many = 30
  await watch.says(/n1 +30 articles at once from/)

  const wrong = [
    await run('approve', 'a1', '--newest', '3'),
    await run('approve', 'n99'),
    await run('retry', 'n1'),
  ]
  expect(wrong.map(({ code }) => code)).toEqual([2, 1, 1])
  for (const { stderr, stdout } of wrong) expect(stderr + stdout).toMatch(/^[^\n]+\n$/)

  const decided = await run('approve', 'n1', '--newest', '3')
  expect(decided).toMatchObject({ code: 0, stdout: 'n1   3 articles go out, 27 do not\n' })
  await watch.says(/mastodon {2}[^\n]*published 3/)
  await watch.says(/telegram {2}[^\n]*published 3/)
  await watch.says(/bluesky {2}[^\n]*published 3/)
  for (const { posts } of [platforms.telegram, platforms.bluesky, platforms.mastodon]) {
    const wires = (await posts()).map(({ wire }) => JSON.stringify(wire))
    expect(wires.map((wire) => /Page (\d+)\./.exec(wire)?.[1])).toEqual(['3', '2', '1'])
  }
  const shown = await run('show', 'n1')
  expect(shown.stdout).toMatch(/^ +settled .*\n.* · approved by \S+ \(command line\) · held → /m)
})
