import type { Command } from './command.ts'
import { decide, ids } from './decide.ts'

/** `crieur delete`: what stands is taken down. */
export const takeDown: Command = {
  options: { json: { type: 'boolean' } },
  words: ids,
  run: (invocation) => decide(invocation, { kind: 'delete' }),
}
