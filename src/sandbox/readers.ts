import { z } from 'zod'
import type { KeptPost } from './stand-in.ts'

/** A post by its id, or by the address where readers find it. */
const named = { id: z.string().exactOptional(), url: z.string().exactOptional() }
const count = z.number().int().nonnegative().default(0)
const counts = { likes: count, reposts: count, replies: count, quotes: count }

const countsOrder = z.strictObject({ ...named, ...counts })
const removeOrder = z.strictObject(named)
export type CountsOrder = z.input<typeof countsOrder>
export type RemoveOrder = z.input<typeof removeOrder>

const reactions = z.strictObject({ id: z.string(), ...counts })
/** What readers did with a post. */
export type Reactions = z.output<typeof reactions>

/** What a stand-in must know again after a restart: what readers did, which posts were deleted or made again. */
export const readersMemory = z.union([
  z.strictObject({ reacted: reactions }),
  z.strictObject({ removed: z.string() }),
  z.strictObject({ restored: z.string() }),
])
export type ReadersMemory = z.infer<typeof readersMemory>

/** What happens to posts on the platform, for tests; also `POST /_/counts` and so on. Each throws why not. */
export interface ReaderDoors {
  /** All that readers did with a post, as it is now: what is left out is 0. */
  counts(order: CountsOrder): void
  /** A post is deleted by hand. */
  remove(order: RemoveOrder): void
}

/** The readers of a stand-in's posts. */
export interface Readers {
  /** What they did with a post so far. */
  of(id: string): Reactions
  /** Whether somebody deleted it there. */
  isRemoved(id: string): boolean
  /** Its owner deletes it through the API. */
  remove(id: string): void
  /** It was made again under its old id. */
  restore(id: string): void
  readonly doors: ReaderDoors
}

/** `posts` tells which there are; `remember` is called with each change, and `past` are those of earlier starts. */
export function openReaders({
  posts,
  past,
  remember,
}: {
  posts: () => readonly KeptPost[]
  past: readonly ReadersMemory[]
  remember: (memory: ReadersMemory) => void
}): Readers {
  const reacted = new Map<string, Reactions>()
  const removed = new Set<string>()
  const take = (memory: ReadersMemory) => {
    if ('reacted' in memory) reacted.set(memory.reacted.id, memory.reacted)
    else if ('removed' in memory) removed.add(memory.removed)
    else removed.delete(memory.restored)
  }
  for (const memory of past) take(memory)
  const keep = (memory: ReadersMemory) => {
    remember(memory)
    take(memory)
  }
  const idOf = ({ id, url }: { [name in keyof RemoveOrder]: string | undefined }): string => {
    const post = posts().find((one) => (id === undefined ? one.url === url : one.id === id))
    if (!post || removed.has(post.id)) throw new Error(`no post ${id ?? url ?? ''}`)
    return post.id
  }
  return {
    of: (id) => reacted.get(id) ?? reactions.parse({ id }),
    isRemoved: (id) => removed.has(id),
    remove: (id) => keep({ removed: id }),
    restore: (id) => keep({ restored: id }),
    doors: {
      counts: (order) => {
        const { id, url, ...all } = countsOrder.parse(order)
        keep({ reacted: { ...all, id: idOf({ id, url }) } })
      },
      remove: (order) => keep({ removed: idOf(removeOrder.parse(order)) }),
    },
  }
}

/** The same over HTTP. */
export function overHttp(doors: ReaderDoors): Record<string, (order: unknown) => void> {
  return {
    'POST counts': (order) => doors.counts(countsOrder.parse(order)),
    'POST remove': (order) => doors.remove(removeOrder.parse(order)),
  }
}
