import type { Command } from './command.ts'
import { decide, ids } from './decide.ts'

/** `crieur cancel`: what has not gone out will not. */
export const cancel: Command = {
  options: { json: { type: 'boolean' } },
  words: ids,
  run: (invocation) => decide(invocation, { kind: 'cancel' }),
}
