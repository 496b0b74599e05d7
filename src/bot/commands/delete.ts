import { editionOf } from '../../deliveries/locked.ts'
import { refer } from '../../deliveries/refer.ts'
import { deliveries } from '../../deliveries/view.ts'
import { button } from '../buttons.ts'
import { say, stranger } from '../text.ts'
import type { Command } from './command.ts'
import { typedIn } from './typed.ts'

/** `/delete ID`: takes down what stands, of an article everywhere; readers lose it, so it is asked once more. */
export const takeDown: Command = async (talk, words) => {
  const { sight } = talk
  const { bot, page, decisions } = sight.words
  const [typed = '', ...others] = typedIn(words)
  if (typed === '' || others.length > 0) return talk.say(bot.deleteWhich)
  const target = await refer(sight.db, typed)
  if ('notice' in target) return talk.say(bot.deleteWhich)
  const rows = await deliveries(sight.db, target)
  const on = 'article' in target ? `a${target.article}` : rows[0]?.id
  const standing = rows.filter(({ parts }) => parts.some(({ stands }) => stands))
  if (on === undefined || standing.length === 0) return talk.say(decisions.refused.nothing())
  const where = standing.map(({ account, url }) => `\n${account}${url === null ? '' : ` · ${url}`}`)
  const pieces = [page.takeDown.asks, '\n', ...where.map((line) => stranger(line, null, 500))]
  const row = [button(page.takeDown.yes, 'delete', on, editionOf(rows))]
  // not kept: once it is pressed the report of the article takes its place
  await talk.desk.line.send(talk.chat, say(pieces, [row]))
}
