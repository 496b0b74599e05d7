import { Telegram } from 'telegraf'
import { z } from 'zod'
import {
  startTelegram,
  telegram,
  type TelegramOptions,
  type TelegramStandIn,
} from '../../../src/sandbox/telegram.ts'

const opened: { close(): Promise<void> }[] = []

/** Ends what `start` began. */
export const closeAll = () => Promise.all(opened.splice(0).map((one) => one.close()))

/** A stand-in of one bot and its channel, and telegraf talking to it. The clock can be put forward. */
export async function start(options: Partial<TelegramOptions> = {}) {
  let now = new Date('2026-11-24T04:05:06Z').getTime()
  const clock = () => new Date(now)
  const standIn = await startTelegram({ port: 0, file: null, clock, ...options })
  opened.push(standIn)
  const bot = new Telegram(telegram.botToken, { apiRoot: standIn.url })
  const later = (seconds: number) => {
    now += seconds * 1000
  }
  return { standIn, bot, later }
}

const answer = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.unknown().optional(),
})

/** One call by hand: the status, what the body says is wrong, and its result. */
export async function call(
  { url }: TelegramStandIn,
  method: string,
  parameters: object,
  token: string = telegram.botToken,
) {
  const response = await fetch(`${url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  const { description, result } = answer.parse(await response.json())
  return { status: response.status, said: description, result }
}

const updates = z.array(z.looseObject({ update_id: z.number() }))

/** What `getUpdates` hands over. */
export async function heard(standIn: TelegramStandIn, parameters: object = {}) {
  const { result } = await call(standIn, 'getUpdates', parameters)
  return updates.parse(result)
}

export const agathe = {
  id: 700_001,
  first_name: 'Agathe',
  username: 'agathe_b',
  language_code: 'fr',
}
