import type { Chat } from './accounts.ts'
import { tooMany } from './refusals.ts'

/** Counts the messages of a second in one channel; throws 429 where there are too many. */
export function paced(pace: number | null): (chat: Chat, at: Date) => void {
  const recent = new Map<number, number[]>()
  return ({ id }, at) => {
    if (pace === null) return
    const now = at.getTime()
    const lately = (recent.get(id) ?? []).filter((sent) => sent > now - 1000)
    if (lately.length >= pace) throw tooMany(1)
    recent.set(id, [...lately, now])
  }
}
