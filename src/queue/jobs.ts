import { z } from 'zod'

/**
 * Every job there is: it only says «try this now» and names a row. Few queues, and fixed, since each worker
 * listens on a connection of its own: one for articles, one a platform, one for counting, one for upkeep.
 */
export const jobs = {
  read: z.object({ article: z.number().int() }),
  announce: z.object({ article: z.number().int() }),
  publish: z.object({ account: z.number().int() }),
  count: z.object({ account: z.number().int() }),
  poll: z.object({}),
  sweep: z.object({}),
} as const

export type JobName = keyof typeof jobs
export type Payload<N extends JobName> = z.infer<(typeof jobs)[N]>

/** A job to be tried: which, on which queue, with what. */
export interface Job<N extends JobName = JobName> {
  queue: QueueName
  name: N
  payload: Payload<N>
  /** Folds several wishes for the same thing into one: while it waits nothing is added, while it runs once more. */
  fold: string
}

export type QueueName = 'articles' | 'telegram' | 'bluesky' | 'mastodon' | 'engagement' | 'upkeep'
export const queueNames: readonly QueueName[] = [
  'articles',
  'telegram',
  'bluesky',
  'mastodon',
  'engagement',
  'upkeep',
]

export const readArticleJob = (article: number): Job<'read'> => ({
  queue: 'articles',
  name: 'read',
  payload: { article },
  fold: `read-${article}`,
})
export const announceJob = (article: number): Job<'announce'> => ({
  queue: 'articles',
  name: 'announce',
  payload: { article },
  fold: `announce-${article}`,
})
export const publishJob = (
  platform: 'telegram' | 'bluesky' | 'mastodon',
  account: number,
): Job<'publish'> => ({
  queue: platform,
  name: 'publish',
  payload: { account },
  fold: `publish-${account}`,
})
export const countJob = (account: number): Job<'count'> => ({
  queue: 'engagement',
  name: 'count',
  payload: { account },
  fold: `count-${account}`,
})
