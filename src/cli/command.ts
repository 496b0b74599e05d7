import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '../config/config.ts'
import type { Words } from '../locale/words.ts'
import type { Surroundings } from './terminal.ts'

/** What a command was given: parsed words, never trusted further than their type. */
export interface Invocation {
  config: Config
  words: Words
  positionals: string[]
  options: Readonly<Record<string, string | boolean | undefined>>
  json: boolean
  at: Surroundings
  /** Aborted by Ctrl-C or a request to stop. */
  stopping: AbortSignal
}

/** One command of the command line. Answers the exit code: 0 done, 1 something was not done. */
export interface Command {
  options: ParseArgsOptionsConfig
  /** How many words it takes. */
  words: { least: number; most: number }
  run(invocation: Invocation): Promise<number>
}
