import { expect } from 'vitest'
import { operations } from './operations.ts'
import { points } from './points.ts'
import { crashed, type Queue } from './run.ts'

/** Every operation at every point. */
export const matrix = operations.flatMap((operation) =>
  points.map((point) => ({ operation, point, name: `${operation.name}, ${point.name}` })),
)

/** Dies there, starts again, and finds everything once. On Telegram once, or the delivery says that nobody knows. */
export async function survives(
  { operation, point }: Pick<(typeof matrix)[number], 'operation' | 'point'>,
  queue: Queue = {},
): Promise<void> {
  const { posts, deliveries } = await crashed(operation, point, queue)
  const ended = operation.changes === 'delete' ? 'deleted' : 'published'
  for (const platform of ['bluesky', 'mastodon'] as const) {
    expect(posts[platform].map(({ wire }) => wire)).toHaveLength(operation.posts)
    const delivery = deliveries.find((one) => one.platform === platform)
    expect(delivery).toEqual({ platform, state: ended, change: null })
  }
  const telegram = deliveries.find((one) => one.platform === 'telegram')
  if (telegram?.state === 'uncertain') {
    expect(posts.telegram.length).toBeLessThanOrEqual(operation.posts)
  } else {
    expect(telegram).toEqual({ platform: 'telegram', state: ended, change: null })
    expect(posts.telegram.map(({ wire }) => wire)).toHaveLength(operation.posts)
  }
  if (operation.changes !== 'edit') return
  const all = [...posts.telegram, ...posts.bluesky, ...posts.mastodon]
  for (const { wire } of all) expect(JSON.stringify(wire)).toContain('Nouveau titre')
}
