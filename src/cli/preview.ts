import { fetchOf, junkOf } from '../app.ts'
import type { Article } from '../articles/article.ts'
import { readArticle } from '../articles/read.ts'
import type { AccountSettings } from '../config/config.ts'
import { readTemplates } from '../config/templates.ts'
import { type PostPreview, type PreviewAccount, previewPosts } from '../deliveries/preview.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import type { GuardedFetch } from '../net/fetch.ts'
import type { Limits } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { parseFeed } from '../sources/feed.ts'
import { chosen } from './accounts.ts'
import type { Command, Invocation } from './command.ts'
import { openInput, readInput } from './input.ts'
import { hostIfNeeded } from './sandbox.ts'
import { safe, toned } from './terminal.ts'

/** `crieur preview`: what would be posted, account by account. Opens no store and sends nothing. */
export const preview: Command = {
  options: { feed: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } },
  words: { least: 0, most: 1 },
  run: async (invocation) => {
    const { config, options, positionals, at, json, words } = invocation
    const feed = typeof options['feed'] === 'string' ? options['feed'] : null
    const [typed] = positionals
    if ((typed === undefined) === (feed === null)) {
      throw new Problem('usage-words', { command: 'preview', least: 1, most: 1 })
    }
    const input = typed === undefined ? null : await openInput(typed, at)
    const sandbox = await hostIfNeeded(config)
    const fetch = fetchOf(config, sandbox)
    const junk = junkOf(config.sources)
    try {
      const accounts = chosen(sandbox?.accounts ?? config.accounts, options['to'])
      const withLimits = await Promise.all(accounts.map(askLimits))
      const articles =
        input === null
          ? await articlesOf(feed ?? '', fetch, junk, (line) => at.stderr.write(`${line}\n`), words)
          : [(await readInput(input, fetch, junk)).article]
      const previews = await Promise.all(
        articles.map(async (article) => ({
          article,
          posts: await previewPosts(article, withLimits, await readTemplates()),
        })),
      )
      if (json) at.stdout.write(`${JSON.stringify(input === null ? previews : previews[0])}\n`)
      else at.stdout.write(`${previews.map((one) => tell(one, invocation)).join('\n\n')}\n`)
      return 0
    } finally {
      await fetch.close()
      await sandbox?.close()
    }
  },
}

/** Where limits are each instance's own they are asked for; an instance that does not answer costs a warning. */
async function askLimits({
  name,
  platform: id,
  credentials,
}: AccountSettings): Promise<PreviewAccount> {
  const platform = platforms[id]
  if (!platform.ownLimits) return { name, platform: id, limits: platform.limits }
  const connection = await platform.connect(credentials, forgetful)
  const limits: Limits | null = await connection
    .check(AbortSignal.timeout(10_000))
    .then((standing) => standing.limits)
    .catch(() => null)
  await connection.close()
  return { name, platform: id, limits }
}

/** A preview keeps nothing. */
const forgetful = {
  read: () => Promise.resolve(undefined),
  hold: <T>(work: (kept: unknown, save: () => Promise<void>) => Promise<T>) =>
    work(undefined, () => Promise.resolve()),
}

/** Every article of a feed that can be announced; what cannot is said. */
async function articlesOf(
  url: string,
  fetch: GuardedFetch,
  junk: (url: string) => readonly string[],
  say: (line: string) => void,
  words: Words,
): Promise<Article[]> {
  const answer = await fetch.get(url)
  const { items } = await parseFeed(answer.text(), answer.url)
  const articles: Article[] = []
  for (const item of items) {
    try {
      articles.push(
        (
          await readArticle(item.url, {
            fetch,
            hint: { ...item, guid: item.id },
            remove: junk(item.url),
          })
        ).article,
      )
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      say(sentenceOf(words, error))
    }
  }
  return articles
}

function tell(
  { article, posts }: { article: Article; posts: PostPreview[] },
  { at, words }: Invocation,
): string {
  const lines = [
    toned(at.stdout, 'strong', safe(article.title)),
    toned(at.stdout, 'quiet', article.url),
  ]
  for (const post of posts) {
    lines.push('', `${toned(at.stdout, 'strong', post.account)}  ${post.count} / ${post.limit}`)
    lines.push(...post.text.split('\n').map((line) => `  ${safe(line)}`))
    if (post.card !== null) {
      lines.push(toned(at.stdout, 'quiet', `  [${safe(post.card.title)} · ${safe(post.card.url)}]`))
    }
    for (const { kind, about = '' } of post.warnings) {
      lines.push(`  ! ${safe(words.web.warnings[kind](about))}`)
    }
  }
  return [...lines, '', words.cli.nothingSent()].join('\n')
}
