import { z } from 'zod'
import type { Keep } from '../keep.ts'

const count = z.number().int().nonnegative()

/** One kind of reaction and how many gave it: an emoji, one of the channel's own, or paid stars. */
export const reactionShape = z.union([
  z.strictObject({ emoji: z.string().min(1), count }),
  z.strictObject({ custom: z.string().regex(/^\d+$/), count }),
  z.strictObject({ paid: z.literal(true), count }),
])
export type Reaction = z.infer<typeof reactionShape>

/** What a channel must know again after a restart, by a post's url. */
export const memory = z.union([
  z.strictObject({ url: z.string(), views: count }),
  z.strictObject({ url: z.string(), reactions: z.array(reactionShape) }),
  z.strictObject({ url: z.string(), removed: z.literal(true) }),
])
export type Memory = z.infer<typeof memory>

/** What readers did with one post, and whether it still stands. */
export interface Reading {
  views: number
  reactions: readonly Reaction[]
  removed: boolean
}

/** What readers do with the channels' posts. */
export interface Readers {
  of(url: string): Reading
  /** On disk before it returns. */
  note(memory: Memory): void
}

/** Whoever posts has seen it. */
const UNREAD: Reading = { views: 1, reactions: [], removed: false }

export function openReaders(keep: Keep<Memory>): Readers {
  const readings = new Map<string, Reading>()
  const of = (url: string) => readings.get(url) ?? UNREAD
  const take = ({ url, ...changed }: Memory) => readings.set(url, { ...of(url), ...changed })
  for (const past of keep.memories) take(past)
  return {
    of,
    note: (noted) => {
      keep.remember(noted)
      take(noted)
    },
  }
}
