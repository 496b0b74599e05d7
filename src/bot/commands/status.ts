import type { Command } from './command.ts'

/** `/status`: how each account is, with its switch. */
export const status: Command = (talk) => talk.show('status')
