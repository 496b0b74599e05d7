import type { Command } from './command.ts'
import { decide, ids } from './decide.ts'

/** `crieur retry`: what failed or was canceled is tried again. */
export const retry: Command = {
  options: { json: { type: 'boolean' } },
  words: ids,
  run: (invocation) => decide(invocation, { kind: 'retry' }),
}
