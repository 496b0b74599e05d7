import type { Counts } from '../platforms/platform.ts'

/** The numbers of `Counts`, in the order in which people are told them. */
export const kinds = ['likes', 'reposts', 'replies', 'quotes', 'views'] as const

/** One of them. */
export type CountKind = (typeof kinds)[number]

/** What the ledger's columns hold: a server that tells more tells nonsense. */
const MOST = 2 ** 31 - 1

type Rounded = Counts['rounded'][number]

/** Nothing is known yet. */
export const unknownCounts: Counts = {
  likes: null,
  reposts: null,
  replies: null,
  quotes: null,
  views: null,
  rounded: [],
}

/**
 * What is known after an answer: its numbers, up or down; where it tells none, the last known one. A rounded
 * number replaces an exact one only where it contradicts it.
 */
export function merged(known: Counts, told: Counts): Counts {
  const rounded: Rounded[] = []
  const result = { ...unknownCounts }
  for (const kind of kinds) {
    const from = told[kind] === null || agrees(kind, known, told) ? known : told
    const number = from[kind]
    result[kind] = number === null ? null : Math.min(number, MOST)
    if (isRounded(from, kind)) rounded.push(kind)
  }
  return { ...result, rounded }
}

/** Whether two tell the same. */
export function sameCounts(one: Counts, other: Counts): boolean {
  return kinds.every(
    (kind) => one[kind] === other[kind] && isRounded(one, kind) === isRounded(other, kind),
  )
}

function isRounded({ rounded }: Counts, kind: CountKind): kind is Rounded {
  return rounded.some((one) => one === kind)
}

/**
 * Telegram's page tells two or three digits («1.2K», «55.2K»), of each kind of reaction by itself: cut after the
 * second digit a number, and so a sum of several, is at most a tenth off.
 */
function agrees(kind: CountKind, known: Counts, told: Counts): boolean {
  const exact = known[kind]
  const about = told[kind]
  if (exact === null || about === null) return false
  if (!isRounded(told, kind) || isRounded(known, kind)) return false
  return Math.abs(exact - about) <= about / 10
}
