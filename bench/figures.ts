/** The value below which that share of the figures lies. */
export function at(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** One line of times in milliseconds. */
export function row(name: string, times: readonly number[], shares = [0.5, 0.99]): string {
  const told = shares.map((share) => `p${share * 100} ${at(times, share).toFixed(1)} ms`)
  return `${name.padEnd(28)} ${told.join('   ')}`
}

/** One line of ratios against a baseline. */
export function ratio(
  times: readonly number[],
  baseline: readonly number[],
  shares = [0.5, 0.99],
): string {
  const told = shares.map(
    (share) => `p${share * 100} ${(at(times, share) / at(baseline, share)).toFixed(1)}`,
  )
  return `ratio ${told.join('   ')}`
}
