import { takeNamed } from '../../deliveries/heard.ts'
import { wakeAccounts } from '../../queue/accounts.ts'
import { readArticleJob } from '../../queue/jobs.ts'
import type { Talk } from '../talk.ts'

/** `/post <address>`, or just a link: announces an article; one that was announced is shown as it stands. */
export async function post(talk: Talk): Promise<void> {
  const { desk, sight, links, by } = talk
  const [url] = links
  if (url === undefined || links.length > 1) return talk.say(sight.words.bot.notAnAddress)
  const heard = await takeNamed(sight, { input: { url }, via: 'bot', by })
  const queue = await desk.program.queue()
  await wakeAccounts(queue, heard.released)
  if (heard.readAt !== null) await queue.wake(readArticleJob(heard.article), heard.readAt)
  await talk.show(`a${heard.article}`)
}
