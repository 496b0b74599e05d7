/** Who is being served: work that costs much is done for few at once, and once for each. */
export interface Turns {
  /** Null where it is not their turn; else what ends it. */
  take(who: string): (() => void) | null
}

/** So many at once, each of them one at a time. */
export function openTurns(most: number): Turns {
  const served = new Set<string>()
  return {
    take: (who) => {
      if (served.size >= most || served.has(who)) return null
      served.add(who)
      return () => void served.delete(who)
    },
  }
}
