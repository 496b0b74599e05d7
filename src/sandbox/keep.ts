import { appendFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { PlatformId } from '../platforms/platform.ts'
import type { KeptPost } from './stand-in.ts'

/** What a stand-in remembers: its posts, and whatever `M` its platform must know again after a restart. */
export interface Keep<M> {
  /** Oldest first. */
  posts(): KeptPost[]
  /** By its url. */
  find(url: string): KeptPost | null
  /** Adds a post, or replaces the one at the same url. On disk before it returns. */
  put(post: KeptPost): void
  /** What was remembered before this start, oldest first. */
  readonly memories: readonly M[]
  /** On disk before it returns. */
  remember(memory: M): void
}

const platforms = z.enum(['telegram', 'bluesky', 'mastodon'])
const keptPicture = z.object({
  mime: z.string(),
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
  alt: z.string().nullable(),
})
const keptPost = z.object({
  platform: platforms,
  id: z.string(),
  url: z.string(),
  at: z.string(),
  wire: z.unknown(),
  // of posts that were kept before there were any
  pictures: z.array(keptPicture).default([]),
  requests: z.number(),
  edits: z.number(),
  editedAt: z.string().exactOptional(),
})

/**
 * Opens the JSON lines of one stand-in, or a memory that ends with the process where `file` is null.
 * A line `{"post": …}` stands for all earlier ones of the same url. A last line that a crash cut short is
 * dropped. Throws where the file is another platform's or damaged.
 */
export function openKeep<M>(
  platform: PlatformId,
  file: string | null,
  memory: z.ZodType<M>,
): Keep<M> {
  const line = z.union([z.strictObject({ post: keptPost }), z.strictObject({ memory })])
  const posts = new Map<string, KeptPost>()
  const memories: M[] = []
  for (const text of file === null ? [] : linesOf(file)) {
    const read = line.parse(JSON.parse(text))
    if ('memory' in read) memories.push(read.memory)
    else if (read.post.platform === platform) posts.set(read.post.url, read.post)
    else throw new Error(`${file} keeps posts of ${read.post.platform}, not of ${platform}`)
  }
  const append = (value: z.input<typeof line>) => {
    if (file !== null) appendFileSync(file, `${JSON.stringify(value)}\n`)
  }
  return {
    posts: () => [...posts.values()],
    find: (url) => posts.get(url) ?? null,
    put: (post) => {
      append({ post })
      posts.set(post.url, post)
    },
    memories,
    remember: (value) => append({ memory: value }),
  }
}

function linesOf(file: string): string[] {
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, '')
  const bytes = readFileSync(file)
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1)
  if (whole.length < bytes.length) truncateSync(file, whole.length)
  return whole.toString('utf8').split('\n').filter(Boolean)
}
