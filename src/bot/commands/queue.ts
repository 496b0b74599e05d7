import type { Command } from './command.ts'

/** `/queue`: what comes next, and what needs somebody. */
export const queue: Command = (talk) => talk.show('queue')
