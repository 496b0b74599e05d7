/**
 * The reason in an error of a driver or of the network, for a sentence or a log line: its message, or of
 * several addresses tried, the first one's. Never for errors of the platforms' clients, which can hold tokens.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error)
    return error.errors[0].message
  return error instanceof Error ? error.message : String(error)
}
