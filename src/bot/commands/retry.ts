import type { Command } from './command.ts'
import { decideTyped } from './typed.ts'

/** `/retry [id]`: tries again what failed; without an id: all that failed. */
export const retry: Command = async (talk, words) => {
  const [id] = words.split(/\s+/).filter(Boolean)
  if (id !== undefined) return decideTyped(talk, id, { kind: 'retry' })
  const failed = await talk.sight.db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '=', 'failed')
    .orderBy('id')
    .execute()
  let count = 0
  for (const { id: delivery } of failed) {
    const wish = { on: { delivery }, version: null, decision: { kind: 'retry' } } as const
    count += (await talk.decide(wish)).moved.length
  }
  const { bot } = talk.sight.words
  await talk.say(count === 0 ? bot.nothingFailed : bot.retried({ count }))
}
