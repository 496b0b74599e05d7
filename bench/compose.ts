// Posts composed per second on each platform by the templates that ship, and how the time grows with the article's
// length, as its content and as its excerpt. Baseline of the same run: an article of 1 KB.
//   node bench/compose.ts
// In processor time of this thread, so that a busy machine does not count.
import { readTemplates } from '../src/config/templates.ts'
import { writeDrafts } from '../src/deliveries/draft.ts'
import { platforms } from '../src/platforms/registry.ts'
import { articleOfWords, texts } from './articles.ts'
import { at } from './figures.ts'

const LENGTHS = [1_000, 10_000, 100_000, 200_000]
const AGAIN = 15
const AT_ONCE_MS = 20
const threading = {
  name: 'thread.liquid',
  source: '---\nthread: numbered\n---\n{{ title }}\n\n{{ content }}\n',
}

const templates = await readTemplates()
const prose = texts['prose'] ?? (() => '')

for (const id of ['telegram', 'bluesky', 'mastodon'] as const) {
  const platform = platforms[id]
  const compose =
    (template: { name: string; source: string }) => async (length: number, also: object) => {
      const article = { ...articleOfWords(prose(length)), ...also }
      return () => writeDrafts(article, platform, platform.limits, template)
    }
  const post = compose(templates[id])
  const warm = await post(1_000, {})
  for (let run = 0; run < 200; run += 1) await warm()
  const usual = await timeOf(await post(5_000, { excerpt: prose(250) }))
  console.log(`${id.padEnd(12)} ${Math.round(1000 / usual)} posts a second`)
  await tell('  content', (length) => post(length, { excerpt: prose(250) }))
  await tell('  excerpt', (length) => post(length, {}))
  await tell('  thread', (length) => compose(threading)(length, {}))
}

type Work = () => Promise<unknown>

/** One line: the times as ratios to the shortest, and the power of the length by which the time grows at the end. */
async function tell(name: string, workOf: (length: number) => Promise<Work>): Promise<void> {
  const times: number[] = []
  for (const length of LENGTHS) times.push(await timeOf(await workOf(length)))
  const [first = 1, , third = 1, fourth = 1] = times
  const told = LENGTHS.map(
    (length, index) =>
      `${length / 1000} KB ${((times[index] ?? 0) / first).toFixed(1).padStart(5)}`,
  )
  console.log(
    `${name.padEnd(12)} ${told.join('   ')}   twice the length ${(fourth / third).toFixed(2)}` +
      `   power ${(Math.log(fourth / first) / Math.log(200)).toFixed(2)}`,
  )
}

/** The median time of one run in milliseconds; short ones are measured many at once. */
async function timeOf(work: Work): Promise<number> {
  let runs = 1
  while ((await spent(work, runs)) < AT_ONCE_MS && runs < 500) runs *= 2
  const times: number[] = []
  for (let again = 0; again < AGAIN; again += 1) times.push((await spent(work, runs)) / runs)
  return at(times, 0.5)
}

async function spent(work: Work, runs: number): Promise<number> {
  const before = process.threadCpuUsage()
  for (let run = 0; run < runs; run += 1) await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
