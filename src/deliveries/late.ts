const LATE_MS = 24 * 3_600_000

/** What was due before this moment and was never tried is too late to go out unasked. */
export function lateLimit(now: Date): Date {
  return new Date(now.getTime() - LATE_MS)
}
