import type { Talk } from '../talk.ts'

/** One command of the bot: what somebody may say, and what comes of it. `words` is what follows its name. */
export type Command = (talk: Talk, words: string) => Promise<void>
