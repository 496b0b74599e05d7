import type { Readable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import type { App } from '../app.ts'

/** Where a command runs: what it reads, where it writes, and the rooms beyond the command line. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>
  /** The checkout: `.env`, `crieur.yaml` and relative folders start here. */
  root: string
  stdin: Readable
  stdout: Out
  stderr: Out
  rooms: Rooms
  /** Called once a lasting command is up. */
  settledIn(): void
}
type Out = Pick<WriteStream, 'write'> & { isTTY?: boolean }

/** Loaded only by the commands that need them, since each costs memory and time. */
export interface Rooms {
  web(): Promise<
    (
      app: App,
      ready: () => boolean,
    ) => Promise<{ url: string; firstPassword(): Promise<string | null>; close(): Promise<void> }>
  >
  workers(): Promise<(app: App) => Promise<{ keepHouse(): void; stop(): void }>>
  bots(): Promise<(app: App) => Promise<{ stop(): Promise<void> }>>
}

type Tone = 'good' | 'bad' | 'quiet' | 'strong'
const styles = { good: 'green', bad: 'red', quiet: 'dim', strong: 'bold' } as const

/** Text in a tone where `out` is a terminal that shows colours, else as it is. */
export function toned(out: Out, tone: Tone, text: string): string {
  return out.isTTY === true ? styleText(styles[tone], text) : text
}

/** Control characters of a stranger's text, and what turns a line's direction, never reach a terminal. */
export function safe(text: string): string {
  return text.replaceAll(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, ' ')
}

/** A title as it stands in a line, at most so many characters of it. */
export function titled(title: string, most = 80): string {
  const characters = Array.from(safe(title.slice(0, 1000)))
  const short = characters.length > most ? [...characters.slice(0, most - 1), '…'] : characters
  return short.join('')
}
