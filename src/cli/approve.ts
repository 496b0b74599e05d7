import { Problem } from '../locale/problem.ts'
import type { Command } from './command.ts'
import { decide, ids } from './decide.ts'

/** `crieur approve`: what is held goes out; of too many at once all, or the newest few. */
export const approve: Command = {
  options: { newest: { type: 'string' }, json: { type: 'boolean' } },
  words: ids,
  run: async (invocation) => {
    const { newest } = invocation.options
    return decide(invocation, { kind: 'approve' }, newest === undefined ? null : numberOf(newest))
  },
}

function numberOf(typed: string | boolean): number {
  if (!/^[1-9]\d{0,4}$/.test(String(typed))) {
    throw new Problem('usage-number', { option: '--newest' })
  }
  return Number(typed)
}
