import { fetchOf, junkOf } from '../app.ts'
import type { AccountSettings } from '../config/config.ts'
import { previewFeed } from '../deliveries/preview-feed.ts'
import { type PreviewAccount, type PreviewMeans, previewPosts } from '../deliveries/preview.ts'
import { checkedTemplates } from '../deliveries/templates.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import type { Limits } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { TemplateFile } from '../posts/template/template-file.ts'
import { shareLinks } from '../shares/share.ts'
import { parseFeed } from '../sources/feed.ts'
import { chosen } from './accounts.ts'
import type { Command, Invocation } from './command.ts'
import { type Input, openInput, readInput } from './input.ts'
import { type Previewed, previewLines } from './preview-lines.ts'
import { hostIfNeeded } from './sandbox.ts'

/** `crieur preview`: what would be posted, account by account. Opens no store and sends nothing. */
export const preview: Command = {
  options: {
    feed: { type: 'string' },
    to: { type: 'string' },
    share: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  words: { least: 0, most: 1 },
  run: async (invocation) => {
    const { config, options, at, json, words } = invocation
    const subject = await subjectOf(invocation)
    const sandbox = await hostIfNeeded(config)
    const fetch = fetchOf(config, sandbox)
    try {
      const accounts = chosen(sandbox?.accounts ?? config.accounts, options['to'])
      const withLimits = await Promise.all(accounts.map(askLimits))
      const templates = await checkedTemplates(config)
      const means = { fetch, templates }
      const found = await previewsOf(subject, invocation, withLimits, means)
      const previews: Previewed[] =
        options['share'] === true ? await shared(found, templates.share) : found
      if (json) at.stdout.write(`${JSON.stringify('feed' in subject ? previews : previews[0])}\n`)
      else {
        const told = previews.map((one) => previewLines(one, words, at.stdout).join('\n'))
        at.stdout.write(`${[...told, words.cli.nothingSent()].join('\n\n')}\n`)
      }
      return 0
    } finally {
      await fetch.close()
      await sandbox?.close()
    }
  },
}

/** A feed's address, or what was named as one article. */
async function subjectOf({
  options,
  positionals,
  at,
}: Invocation): Promise<{ feed: string } | { input: Input }> {
  const { feed } = options
  const [typed] = positionals
  if ((typed === undefined) === (typeof feed !== 'string')) {
    throw new Problem('usage-words', { command: 'preview', least: 1, most: 1 })
  }
  return typed === undefined ? { feed: String(feed) } : { input: await openInput(typed, at) }
}

/** Of one article, or of every article of a feed that can be announced; what cannot is said. */
async function previewsOf(
  subject: { feed: string } | { input: Input },
  { config, at, words }: Invocation,
  accounts: readonly PreviewAccount[],
  means: PreviewMeans,
): Promise<Previewed[]> {
  const { fetch } = means
  const junk = junkOf(config.sources)
  if ('input' in subject) {
    const { article } = await readInput(subject.input, fetch, junk)
    return [{ article, posts: await previewPosts(article, accounts, means) }]
  }
  const answer = await fetch.get(subject.feed)
  const { items } = await parseFeed(answer.text(), answer.url)
  const options = { ...means, most: items.length, junkOf: junk }
  const { previews, problems } = await previewFeed(items, accounts, options)
  for (const problem of problems) at.stderr.write(`${sentenceOf(words, problem)}\n`)
  return previews
}

async function shared(
  previews: readonly Previewed[],
  template: TemplateFile,
): Promise<Previewed[]> {
  const linked = async (one: Previewed) => ({
    ...one,
    share: await shareLinks(one.article, template),
  })
  return Promise.all(previews.map(linked))
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
