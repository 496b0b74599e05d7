/** The present moment by the store's clock. Handed in wherever time decides something. */
export type Clock = () => Date

/**
 * A clock that was right at `reference` and goes on by the machine's monotonic timer,
 * so that a jump of the system's clock moves nothing.
 */
export function clockFrom(reference: Date): Clock {
  const ahead = reference.getTime() - performance.now()
  return () => new Date(ahead + performance.now())
}
