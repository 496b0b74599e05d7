/**
 * The reason in an error of a driver or of the network, for a sentence or a log line: its message, or of
 * several addresses tried, the first one's. Never for errors of the platforms' clients, which can hold tokens.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error)
    return error.errors[0].message
  return error instanceof Error ? error.message : String(error)
}

/** The system's or the driver's own name for a failure: `EEXIST`, `23505`; the error as text where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** Where a bug came from, for the log only. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
