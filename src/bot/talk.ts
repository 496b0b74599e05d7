import type { Person } from '../decisions/ledger.ts'
import { decide, type Decided, type Wish } from '../deliveries/decide.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import { card } from './cards/card.ts'
import type { Sight } from './cards/sight.ts'
import { type Desk, sendKept, sightOf } from './desk.ts'
import { languageOf } from './people.ts'
import { clean, type Said, say } from './text.ts'
import type { Writer } from './update.ts'

/** A conversation with one admin. */
export interface Talk {
  desk: Desk
  chat: number
  sight: Sight
  by: Person
  /** The web addresses in what was said. */
  links: readonly string[]
  /** Says something once. */
  say(text: string): Promise<void>
  /** Shows what a subject is now; the message is kept up to date afterwards. */
  show(subject: string, said?: Said): Promise<void>
  /** Carries out what was decided. */
  decide(wish: Omit<Wish, 'by'>): Promise<Decided>
}

/** Opens a conversation with somebody who wrote or pressed. */
export function talkWith(
  desk: Desk,
  chat: number,
  person: Writer,
  links: readonly string[] = [],
): Talk {
  const locale = languageOf(person)
  const sight = sightOf(desk, locale)
  const { store, queue } = desk.program
  const by = { who: nameOf(person), door: 'bot' as const }
  return {
    desk,
    chat,
    sight,
    by,
    links,
    say: async (text) => {
      await desk.line.send(chat, say([text]))
    },
    show: async (subject, said) => {
      const shown = said ?? (await card(sight, subject))
      if (shown !== null) await sendKept(desk, { chat, subject, locale }, shown)
    },
    decide: (wish) => {
      const wake = async (accounts: Parameters<typeof wakeAccounts>[1]) =>
        wakeAccounts(await queue(), accounts)
      return decide({ db: store.db, clock: store.clock, wake }, { ...wish, by })
    },
  }
}

/** `Anna (123456789)`: the number is who it is, whatever they call themselves. */
function nameOf({ first_name, id }: Writer): string {
  return `${clean(first_name).replaceAll(/\s+/g, ' ')} (${id})`.trim()
}
