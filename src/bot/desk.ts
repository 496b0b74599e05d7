import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { Locale } from '../locale/words.ts'
import { credentials, type TelegramCredentials } from '../platforms/telegram/credentials.ts'
import type { Sight } from './cards/sight.ts'
import { fingerprint, keepMessage } from './kept.ts'
import { type Line, openLine } from './line.ts'
import type { Said } from './text.ts'
import { spoken } from './words.ts'

/** What the bots need of the program. */
export type Program = Pick<App, 'config' | 'log' | 'store' | 'publishing' | 'queue' | 'sandbox'>

/** One bot at its desk: its line to Telegram, and who may steer by it. */
export interface Desk {
  program: Program
  /** Its token's hash, by which the ledger knows it. */
  bot: string
  line: Line
  admins: readonly number[]
}

/** One for each bot token among the accounts; several channels can share one. `cut` breaks off what they call. */
export async function openDesks(program: Program, cut: AbortSignal): Promise<Desk[]> {
  const accounts = program.sandbox?.accounts ?? program.config.accounts
  const own = accounts
    .filter(({ platform }) => platform === 'telegram')
    .map((account) => credentials.schema.parse(account.credentials))
  const byToken = Map.groupBy(own, ({ botToken }) => botToken)
  return Promise.all([...byToken.values()].map((group) => openDesk(program, group, cut)))
}

async function openDesk(
  program: Program,
  group: readonly TelegramCredentials[],
  cut: AbortSignal,
): Promise<Desk> {
  const [first] = group
  if (first === undefined) throw new Error('a bot without an account')
  return {
    program,
    bot: createHash('sha256').update(first.botToken).digest('base64url'),
    line: await openLine(first, program.store.clock, cut),
    admins: [...new Set(group.flatMap(({ admins }) => admins.map(Number)))],
  }
}

/** How cards are written for somebody. */
export function sightOf({ program }: Desk, locale: Locale): Sight {
  const { store, config, publishing } = program
  const { db, clock } = store
  const { timeZone } = config
  return { db, clock, words: spoken(locale), locale, timeZone, templates: publishing.templates }
}

/** Sends a message that is kept up to date. */
export async function sendKept(
  { program, bot, line }: Desk,
  { chat, subject, locale }: { chat: number; subject: string; locale: Locale },
  said: Said,
): Promise<void> {
  const { db, clock } = program.store
  const message = await line.send(chat, said)
  const kept = { chat, message, subject, language: locale, shown: fingerprint(said) }
  await keepMessage(db, bot, kept, clock())
}
