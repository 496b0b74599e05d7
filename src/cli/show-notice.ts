import type { App } from '../app.ts'
import { type FloodMember, floodMembers } from '../articles/flood.ts'
import { type DecisionView, decisionsOn } from '../decisions/ledger.ts'
import { deliveries } from '../deliveries/view.ts'
import { noticeSentence } from '../locale/notices.ts'
import { Problem } from '../locale/problem.ts'
import { type NoticeView, notices } from '../notices/view.ts'
import type { Invocation } from './command.ts'
import { decisionLines } from './history.ts'
import { needsLines, sentence } from './needs.ts'
import { tellMoment } from './tell.ts'
import { safe, titled } from './terminal.ts'

/** How many of a flood's articles are listed. */
const LISTED = 50

/** Tells a notice: what it says, what it is about, how it is answered, or how it was. */
export async function showNotice(
  { store: { db } }: App,
  invocation: Invocation,
  id: number,
): Promise<void> {
  const [notice] = await notices(db, { id })
  if (notice === undefined) throw new Problem('unknown-id', { id: `n${id}` })
  const decisions = await answersTo(db, notice)
  const members = notice.kind === 'flood' ? await floodMembers(db, id, LISTED) : []
  const { json, words, at } = invocation
  if (json) {
    const message = noticeSentence(words, notice)
    at.stdout.write(`${JSON.stringify({ ...notice, message, members, decisions })}\n`)
    return
  }
  at.stdout.write(`${tell(notice, members, decisions, invocation).join('\n')}\n`)
}

/** What was decided about it, by its own id or another, while it was open. */
async function answersTo(
  db: App['store']['db'],
  { id, article, raisedAt, closedAt }: NoticeView,
): Promise<DecisionView[]> {
  const number = article === null ? undefined : Number(article.id.slice(1))
  const about = number === undefined ? [] : await deliveries(db, { article: number })
  const decided = await decisionsOn(db, {
    notice: Number(id.slice(1)),
    deliveries: about.map((one) => Number(one.id.slice(1))),
    ...(number !== undefined && { article: number }),
  })
  return decided.filter(({ at }) => at >= raisedAt && (closedAt === null || at <= closedAt))
}

function tell(
  notice: NoticeView,
  members: readonly FloodMember[],
  decisions: readonly DecisionView[],
  invocation: Invocation,
): string[] {
  const { words, config } = invocation
  const { id, raisedAt, closedAt, article, articles } = notice
  const lines = [
    `${id.padEnd(5)}${sentence(words, notice)}`,
    `     ${words.notices.raised({ at: tellMoment(raisedAt, config) })}`,
  ]
  if (article !== null) lines.push(`     ${article.id}  ${safe(article.url)}`)
  for (const one of notice.deliveries) lines.push(`     ${one.id}  ${one.account}`)
  for (const member of members) lines.push(`     ${member.id}  ${titled(member.title)}`)
  if (articles > members.length && members.length > 0) lines.push('     …')
  if (closedAt === null) return [...lines, ...needsLines([notice], invocation)]
  lines.push(`     ${words.notices.closed({ at: tellMoment(closedAt, config) })}`)
  const [first, ...others] = decisionLines(decisions, invocation)
  // One answer about hundreds of posts is told once.
  if (first !== undefined) lines.push(first)
  return notice.kind === 'flood' ? lines : [...lines, ...others]
}
