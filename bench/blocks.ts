// How long an article of 200 KB holds up everything else: the longest block of the event loop while it is read from
// its page, taken as JSON, and composed for three platforms, as one post and as a thread. Baseline of the same run: the same with 2 KB.
//   node bench/blocks.ts [part of a name]
// In processor time of the main thread, so that a busy machine does not count; beside it by the clock. `first`: with
// the loading of the libraries that the first article of a process needs.
import { articleOfWords, pageOf, texts } from './articles.ts'
import { at } from './figures.ts'
import { completeArticle, parseArticleJson } from '../src/articles/json.ts'
import { readArticle } from '../src/articles/read.ts'
import { readTemplates } from '../src/config/templates.ts'
import { writeDrafts } from '../src/deliveries/draft.ts'
import { createFetch } from '../src/net/fetch.ts'
import { platforms } from '../src/platforms/registry.ts'
import { servePages } from '../tests/unit/net/serve.ts'

const LONG = 200_000
const SHORT = 2_000
const AGAIN = 9
const MOST_MS = 50

const wanted = process.argv[2] ?? ''
const pages = new Map<string, string>()
await using served = await servePages(() => Object.fromEntries(pages))
const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
const templates = await readTemplates()
const threading = {
  name: 'thread.liquid',
  source:
    '---\nthread: numbered\n---\n{{ title }}\n\n{{ content }}\n\n<a href="{{ url }}">{{ url }}</a>\n',
}
let over = 0

for (const [name, text] of Object.entries(texts)) {
  for (const shape of ['theme', 'plain', 'tagged'] as const) {
    await tell(
      `page, ${name}, ${shape}`,
      (length) => pageOf(text(length), shape),
      async (page) => {
        pages.set('/a/', page)
        await readArticle(`${served.url}/a/`, { fetch })
      },
    )
  }
  await tell(`JSON, ${name}`, (length) => jsonOf(text(length)), complete)
  await tell(
    `JSON of HTML, ${name}`,
    (length) => jsonOf(pageOf(text(length - 1000), 'tagged')),
    complete,
  )
  for (const id of ['telegram', 'bluesky', 'mastodon'] as const) {
    await tell(
      `composed for ${id}, ${name}`,
      (length) => articleOfWords(text(length)),
      async (article) => {
        await writeDrafts(article, platforms[id], platforms[id].limits, templates[id])
      },
    )
    await tell(
      `thread for ${id}, ${name}`,
      (length) => articleOfWords(text(length)),
      async (article) => {
        await writeDrafts(article, platforms[id], platforms[id].limits, threading)
      },
    )
  }
}
await fetch.close()
console.log(
  over === 0 ? `nothing is held up by more than ${MOST_MS} ms` : `${over} above ${MOST_MS} ms`,
)

function jsonOf(content: string): string {
  return JSON.stringify({ url: `${served.url}/b/`, title: 'Le canal rouvre', content })
}

async function complete(json: string): Promise<void> {
  await completeArticle(parseArticleJson(json), { fetch })
}

/** Measures one piece of work at both lengths, the long one several times. */
async function tell<T>(
  name: string,
  prepare: (length: number) => T,
  work: (prepared: T) => Promise<void>,
): Promise<void> {
  if (!name.includes(wanted)) return
  const [long, short] = [prepare(LONG), prepare(SHORT)]
  const first = await longestBlock(() => work(long))
  const blocks: Block[] = []
  for (let run = 0; run < AGAIN; run += 1) blocks.push(await longestBlock(() => work(long)))
  const brief: Block[] = []
  for (let run = 0; run < AGAIN; run += 1) brief.push(await longestBlock(() => work(short)))
  const shareOf = (some: readonly Block[], of: keyof Block, share: number) =>
    at(
      some.map((one) => one[of]),
      share,
    )
  const cpu = shareOf(blocks, 'cpu', 0.5)
  if (cpu > MOST_MS) over += 1
  console.log(
    `${name.padEnd(44)} ${cpu.toFixed(1).padStart(7)} ms   worst ${shareOf(blocks, 'cpu', 1).toFixed(1)}` +
      `   by the clock ${shareOf(blocks, 'clock', 0.5).toFixed(1)}   first ${first.cpu.toFixed(1)}` +
      `   ratio ${(cpu / Math.max(shareOf(brief, 'cpu', 0.5), 0.1)).toFixed(1)}${cpu > MOST_MS ? '   ✗' : ''}`,
  )
}

/** Milliseconds. */
interface Block {
  cpu: number
  clock: number
}

/** The longest time between two turns of the event loop while some work is done. */
async function longestBlock(work: () => Promise<void>): Promise<Block> {
  const longest: Block = { cpu: 0, clock: 0 }
  let last = now()
  let running = true
  const turn = () => {
    const { cpu, clock } = now()
    longest.cpu = Math.max(longest.cpu, cpu - last.cpu)
    longest.clock = Math.max(longest.clock, clock - last.clock)
    last = now()
    if (running) setImmediate(turn)
  }
  await new Promise<void>((done) => {
    setImmediate(() => {
      last = now()
      setImmediate(turn)
      done()
    })
  })
  await work()
  running = false
  await new Promise((done) => setImmediate(done))
  return longest
}

function now(): Block {
  const { user, system } = process.threadCpuUsage()
  return { cpu: (user + system) / 1000, clock: performance.now() }
}
