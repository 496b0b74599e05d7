import { options, words } from './all-failed.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'

/** `crieur cancel`: what has not gone out will not. */
export const cancel: Command = {
  options,
  words,
  run: (invocation) => decide(invocation, { kind: 'cancel' }),
}
