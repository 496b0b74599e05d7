import type { Command } from './command.ts'

/** `/stats`: what readers did in thirty days. */
export const stats: Command = (talk) => talk.show('stats')
