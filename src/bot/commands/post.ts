import { takeNamed } from '../../deliveries/heard.ts'
import { Problem, sentenceOf } from '../../locale/problem.ts'
import { webAddressOrNull } from '../../net/address.ts'
import { wakeAccounts } from '../../queue/accounts.ts'
import { readArticleJob } from '../../queue/jobs.ts'
import type { Command } from './command.ts'

/** The one address in what somebody wrote; null where there is none, or more than one. */
export function addressIn(words: string): string | null {
  const found = words.split(/\s+/).filter((word) => /^https?:\/\/\S/i.test(word))
  return found.length === 1 ? webAddressOrNull(found[0]) : null
}

/** `/post <address>`, or just a link: announces an article; one that was announced is shown as it stands. */
export const post: Command = async (talk, words) => {
  const { desk, sight } = talk
  const address = addressIn(words)
  if (address === null) return talk.say(sight.words.bot.notAnAddress)
  try {
    const heard = await takeNamed(sight, {
      input: { url: address },
      via: 'bot',
      by: talk.by,
    })
    await talk.show(`a${heard.article}`)
    const queue = await desk.program.queue()
    await wakeAccounts(queue, heard.released)
    if (heard.readAt !== null) await queue.wake(readArticleJob(heard.article), heard.readAt)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await talk.say(sentenceOf(sight.words, error))
  }
}
