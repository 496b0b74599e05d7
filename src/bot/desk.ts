import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { Person } from '../decisions/ledger.ts'
import { decide, type Decided, type Wish } from '../deliveries/decide.ts'
import { type Locale, wordsOf } from '../locale/words.ts'
import { credentials, type TelegramCredentials } from '../platforms/telegram/credentials.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import { card } from './cards/card.ts'
import type { Sight } from './cards/sight.ts'
import { keepMessage } from './kept.ts'
import { type Line, openLine } from './line.ts'
import { languageOf } from './people.ts'
import { type Said, say } from './text.ts'
import type { Writer } from './update.ts'

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

/** One for each bot token among the accounts; several channels can share one. */
export async function openDesks(program: Program): Promise<Desk[]> {
  const accounts = program.sandbox?.accounts ?? program.config.accounts
  const own = accounts
    .filter(({ platform }) => platform === 'telegram')
    .map((account) => credentials.schema.parse(account.credentials))
  const byToken = Map.groupBy(own, ({ botToken }) => botToken)
  return Promise.all([...byToken.values()].map((group) => openDesk(program, group)))
}

async function openDesk(program: Program, group: readonly TelegramCredentials[]): Promise<Desk> {
  const [first] = group
  if (first === undefined) throw new Error('a bot without an account')
  return {
    program,
    bot: createHash('sha256').update(first.botToken).digest('base64url'),
    line: await openLine(first, program.store.clock),
    admins: [...new Set(group.flatMap(({ admins }) => admins.map(Number)))],
  }
}

/** How cards are written for somebody. */
export function sightOf({ program }: Desk, locale: Locale): Sight {
  const { store, config, publishing } = program
  const { db, clock } = store
  const { timeZone } = config
  return { db, clock, words: wordsOf(locale), locale, timeZone, templates: publishing.templates }
}

/** A conversation with one admin. */
export interface Talk {
  desk: Desk
  chat: number
  sight: Sight
  by: Person
  /** Says something once. */
  say(text: string): Promise<void>
  /** Shows what a subject is now; the message is kept up to date afterwards. */
  show(subject: string, said?: Said | null): Promise<void>
  /** Carries out what was decided. */
  decide(wish: Omit<Wish, 'by'>): Promise<Decided>
}

/** Opens a conversation with somebody who wrote or pressed. */
export function talkWith(desk: Desk, chat: number, person: Writer): Talk {
  const locale = languageOf(person)
  const sight = sightOf(desk, locale)
  const { store, queue } = desk.program
  const by = { who: `${person.first_name} (${person.id})`.trim(), door: 'bot' as const }
  return {
    desk,
    chat,
    sight,
    by,
    say: async (text) => {
      await desk.line.send(chat, say([text]))
    },
    show: async (subject, said) => {
      const shown = said ?? (await card(sight, subject))
      if (shown === null) return
      await sendKept(desk, { chat, subject, locale }, shown)
    },
    decide: (wish) => {
      const wake = async (accounts: Parameters<typeof wakeAccounts>[1]) =>
        wakeAccounts(await queue(), accounts)
      return decide({ db: store.db, clock: store.clock, wake }, { ...wish, by })
    },
  }
}

/** Sends a message that is kept up to date. */
export async function sendKept(
  { program, bot, line }: Desk,
  { chat, subject, locale }: { chat: number; subject: string; locale: Locale },
  said: Said,
): Promise<void> {
  const { db, clock } = program.store
  const message = await line.send(chat, said)
  const kept = { chat, message, subject, language: locale, shown: JSON.stringify(said) }
  await keepMessage(db, bot, kept, clock())
}
