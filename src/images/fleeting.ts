import { isProblem, Problem, type ProblemKind } from '../locale/problem.ts'

const unreachable: readonly ProblemKind[] = [
  'host-unknown',
  'connection-refused',
  'connection-lost',
]
/** Not there yet, or too busy: an upload may still be on its way to the servers that deliver it. */
const mendable = [404, 408, 425, 429]

/**
 * Whether a picture that could not be had may be there soon; another problem stays as long as the picture does. One
 * that hangs was waited for already.
 */
export function isFleeting(problem: unknown): boolean {
  if (isProblem(problem, 'http-status')) {
    return problem.facts.status >= 500 || mendable.includes(problem.facts.status)
  }
  return problem instanceof Problem && unreachable.includes(problem.kind)
}
