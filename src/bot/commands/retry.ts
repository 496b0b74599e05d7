import { failedDeliveries } from '../../deliveries/failed.ts'
import type { Command } from './command.ts'
import { decideTyped, typedIn } from './typed.ts'

/** `/retry [id…]`: tries again what failed; without an id: all that failed and nobody gave up. */
export const retry: Command = async (talk, words) => {
  const typed = typedIn(words)
  if (typed.length > 0) return decideTyped(talk, typed, { kind: 'retry' })
  let count = 0
  for (const delivery of await failedDeliveries(talk.sight.db)) {
    const wish = { on: { delivery }, version: null, decision: { kind: 'retry' } } as const
    count += (await talk.decide(wish)).moved.length
  }
  const { bot } = talk.sight.words
  await talk.say(count === 0 ? bot.nothingFailed : bot.retried({ count }))
}
