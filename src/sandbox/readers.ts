import { z } from 'zod'
import type { Behaviour } from './http.ts'

const count = z.number().int().nonnegative()
const order = z.strictObject({
  id: z.string(),
  likes: count.default(0),
  reposts: count.default(0),
  replies: count.default(0),
  quotes: count.default(0),
})
const gone = z.strictObject({ id: z.string() })

/** What readers did with a post. */
export type Reactions = z.output<typeof order>

/** What a stand-in must know again after a restart: what readers did, which posts were deleted. */
export const readersMemory = z.union([
  z.strictObject({ reacted: order }),
  z.strictObject({ removed: z.string() }),
])
export type ReadersMemory = z.infer<typeof readersMemory>

/** The readers of a stand-in: tests say through its doors what they do. */
export interface Readers {
  /** What they did with a post so far. */
  of(id: string): Reactions
  /** Whether somebody deleted it there. */
  isRemoved(id: string): boolean
  /** `POST counts {id, likes, …}`: the whole state; `POST remove {id}`. An id is the post's own, or its address. */
  readonly doors: NonNullable<Behaviour['doors']>
}

export function openReaders(
  past: readonly ReadersMemory[],
  remember: (memory: ReadersMemory) => void,
): Readers {
  const reactions = new Map<string, Reactions>()
  const removed = new Set<string>()
  const take = (memory: ReadersMemory) => {
    if ('reacted' in memory) reactions.set(memory.reacted.id, memory.reacted)
    else removed.add(memory.removed)
  }
  for (const memory of past) take(memory)
  const keep = (memory: ReadersMemory) => {
    take(memory)
    remember(memory)
  }
  return {
    of: (id) => reactions.get(id) ?? order.parse({ id }),
    isRemoved: (id) => removed.has(id),
    doors: {
      'POST counts': (given) => keep({ reacted: order.parse(given) }),
      'POST remove': (given) => keep({ removed: gone.parse(given).id }),
    },
  }
}
