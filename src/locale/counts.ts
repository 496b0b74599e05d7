import type { Words } from './words.ts'

type Kind = keyof Words['engagement']['kinds']

/** Numbers to be told: null where one cannot be known. */
type Told = Readonly<Record<Kind, number | null>> & { rounded: readonly string[] }

/** One number of some counts as people read it: «–» where it cannot be known, «≈» where it is rounded. */
export function tellCount({ engagement }: Words, counts: Told, kind: Kind): string {
  const value = counts[kind]
  if (value === null) return engagement.unknown
  const number = engagement.number(value)
  return counts.rounded.includes(kind) ? engagement.about({ number }) : number
}

/** All of them, each with its name, on one line. */
export function tellCounts(words: Words, counts: Told): string {
  return (['likes', 'reposts', 'replies', 'quotes', 'views'] as const)
    .map((kind) => `${words.engagement.kinds[kind]} ${tellCount(words, counts, kind)}`)
    .join(' · ')
}
