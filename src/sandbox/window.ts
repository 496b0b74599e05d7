/** What a limit says of itself after one request. */
export interface Allowance {
  allowed: boolean
  limit: number
  remaining: number
  resetAt: Date
}

/** A limit per key in fixed windows aligned to the clock, as Bluesky and Mastodon count. */
export interface Window {
  /** Takes `points` where they are left; takes nothing where not. */
  spend(key: string, points: number, now: Date): Allowance
}

export function openWindow(limit: number, everyMs: number): Window {
  const spent = new Map<string, { until: number; points: number }>()
  return {
    spend: (key, points, now) => {
      const until = (Math.floor(now.getTime() / everyMs) + 1) * everyMs
      const before = spent.get(key)
      const used = before?.until === until ? before.points : 0
      const allowed = used + points <= limit
      const after = allowed ? used + points : used
      spent.set(key, { until, points: after })
      return { allowed, limit, remaining: limit - after, resetAt: new Date(until) }
    },
  }
}
