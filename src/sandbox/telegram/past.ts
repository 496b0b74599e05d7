import type { KeptPost } from '../stand-in.ts'

/** What messages said before they were edited or deleted, as long as the process lives. */
export interface Past {
  /** A message is about to change or to go. */
  note(post: KeptPost, at: Date): void
  /** A message as it was then, or as it is; null where it was not there. */
  at(post: KeptPost, removed: boolean, asOf?: Date): KeptPost | null
}

export function openPast(): Past {
  const versions = new Map<string, { until: Date; post: KeptPost }[]>()
  return {
    note: (post, at) => {
      versions.set(post.url, [...(versions.get(post.url) ?? []), { until: at, post }])
    },
    at: (post, removed, asOf) => {
      if (asOf !== undefined && new Date(post.at) > asOf) return null
      const before = versions.get(post.url) ?? []
      const then = asOf && before.find(({ until }) => until > asOf)?.post
      return then ?? (removed ? null : post)
    },
  }
}
