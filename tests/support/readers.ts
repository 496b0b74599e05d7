import { appendFile } from 'node:fs/promises'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { startBluesky } from '../../src/sandbox/bluesky.ts'
import { startMastodon } from '../../src/sandbox/mastodon.ts'
import type { KeptPost, StandIn } from '../../src/sandbox/stand-in.ts'
import { startTelegram } from '../../src/sandbox/telegram.ts'
import { blankArticle, type Newsroom } from './newsroom.ts'

/** What readers did with a post, as a test's script says. */
export interface Move {
  likes?: number
  reposts?: number
  replies?: number
  quotes?: number
}

/** Says to a stand-in's own door what happens in its world. */
export async function happens(
  standIn: Pick<StandIn, 'url'>,
  door: string,
  order: object,
): Promise<void> {
  const answer = await fetch(`${standIn.url}/_/${door}`, {
    method: 'POST',
    body: JSON.stringify(order),
  })
  if (!answer.ok) throw new Error(`${door}: ${answer.status} ${await answer.text()}`)
}

/** Starts a stand-in whose posts outlive it; 0: any free port. */
export function startKept(platform: PlatformId, file: string, port = 0): Promise<StandIn> {
  switch (platform) {
    case 'telegram':
      return startTelegram({ port, file })
    case 'bluesky':
      return startBluesky({ port, file })
    case 'mastodon':
      return startMastodon({ port, file })
  }
}

/** Writes many copies of a post into a stand-in's file, to be read at its next start. Answers their ids. */
export async function copyPosts(file: string, post: KeptPost, copies: number): Promise<string[]> {
  const named = Array.from({ length: copies }, (_, at) => {
    const key = String(at).padStart(4, '0')
    return { ...post, id: `${post.id}${key}`, url: `${post.url}${key}` }
  })
  await appendFile(file, named.map((one) => `${JSON.stringify({ post: one })}\n`).join(''))
  return named.map(({ id }) => id)
}

/** Puts published deliveries into the ledger as if they had gone out `agoSeconds` ago. Answers their ids. */
export async function publishedBefore(
  { store, means, account }: Newsroom,
  syndications: readonly { id: string; url: string | null }[],
  agoSeconds: number,
): Promise<number[]> {
  const at = new Date(means.clock().getTime() - agoSeconds * 1000)
  return store.db.transaction().execute(async (tx) => {
    const articles = await tx
      .insertInto('articles')
      .values(
        syndications.map(({ id }) => {
          const url = `https://journal.example/${encodeURIComponent(id)}/`
          const article = { ...blankArticle, url, title: `Article ${id}` }
          return {
            url,
            state: 'ready' as const,
            via: 'person' as const,
            heard_at: at,
            article: JSON.stringify(article),
          }
        }),
      )
      .returning('id')
      .execute()
    const deliveries = await tx
      .insertInto('deliveries')
      .values(
        articles.map((article) => ({
          article_id: article.id,
          account_id: account,
          state: 'published' as const,
          first_due_at: at,
          warnings: '[]',
          created_at: at,
          published_at: at,
        })),
      )
      .returning('id')
      .execute()
    await tx
      .insertInto('parts')
      .values(
        deliveries.map(({ id }, position) => ({
          delivery_id: id,
          position: 0,
          draft: JSON.stringify({ text: '', facets: [], count: 0, limit: 300, card: null }),
          key: `${id}`,
          syndication: JSON.stringify(syndications[position]),
        })),
      )
      .execute()
    return deliveries.map(({ id }) => id)
  })
}
