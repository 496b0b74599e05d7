import { options, words } from './all-failed.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'

/** `crieur retry`: what failed or was canceled is tried again. */
export const retry: Command = {
  options,
  words,
  run: (invocation) => decide(invocation, { kind: 'retry' }),
}
