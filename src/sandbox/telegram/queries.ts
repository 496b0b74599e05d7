import { flagOf, textOf } from './parameters.ts'
import { refused } from './refusals.ts'
import { PRESS_MS } from './updates.ts'

/** One answer to a pressed button, as the person saw it. */
export interface Answered {
  callback_query_id: string
  /** Who pressed. */
  user: number
  data: string
  /** Empty where only the waiting sign goes away. */
  text: string
  show_alert: boolean
}

/** The pressed buttons of one bot, each to be answered once and soon. */
export interface Queries {
  /** A press; its id. */
  ask(user: number, data: string, at: Date): string
  /** `answerCallbackQuery`. Throws where the press is unknown, answered or too old. */
  answer(parameters: Record<string, unknown>, at: Date): true
  /** Oldest first. */
  answers(): Answered[]
}

/** Spec answerCallbackQuery. */
const LONGEST_ANSWER = 200
const FIRST_ID = 4_307_000_000_000_000

export function openQueries(): Queries {
  const open = new Map<string, { user: number; data: string; until: number }>()
  const answers: Answered[] = []
  let asked = 0
  return {
    ask: (user, data, at) => {
      asked += 1
      const id = String(FIRST_ID + asked)
      open.set(id, { user, data, until: at.getTime() + PRESS_MS })
      return id
    },
    answer: (parameters, at) => {
      const id = textOf(parameters, 'callback_query_id')
      const text = textOf(parameters, 'text')
      if (Array.from(text).length > LONGEST_ANSWER) throw refused('longAnswer')
      const query = open.get(id)
      open.delete(id)
      if (!query || query.until <= at.getTime()) throw refused('oldQuery')
      const { user, data } = query
      const show_alert = flagOf(parameters, 'show_alert')
      answers.push({ callback_query_id: id, user, data, text, show_alert })
      return true
    },
    answers: () => [...answers],
  }
}
