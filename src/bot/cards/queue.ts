import { type AccountOverview, overview } from '../../deliveries/overview.ts'
import { stats } from '../../engagement/stats.ts'
import { tellCounts } from '../../locale/counts.ts'
import { errorSentence } from '../../locale/errors.ts'
import { noticeSentence } from '../../locale/notices.ts'
import { notices, openNotices } from '../../notices/view.ts'
import { button } from '../buttons.ts'
import { type Button, type Piece, type Said, say, stranger } from '../text.ts'
import { answers } from './answers.ts'
import { momentOf, type Sight } from './sight.ts'

/** So many lines of each kind: a phone shows no more at once. */
const LINES = 8
/** So many of what needs somebody come with their buttons. */
const WITH_BUTTONS = 4
const MONTH_MS = 30 * 24 * 3_600_000

/** What comes next and about when, and what needs somebody, with buttons for the first few. */
export async function queueCard(sight: Sight): Promise<Said> {
  const { words } = sight
  const seen = await overview(sight.db, sight.clock())
  const pieces: Piece[] = [{ words: words.bot.next, as: 'bold' }]
  if (seen.next.length === 0) pieces.push('\n', words.bot.nothingNext)
  for (const { about, account, title } of seen.next.slice(0, LINES)) {
    const at = words.bot.about({ at: momentOf(about, sight) })
    pieces.push('\n', stranger(account), ` · ${at} · `, stranger(title, null, 80))
  }
  pieces.push(...rest(sight, seen.next.length - LINES))
  const needs = await needsSomebody(sight)
  return say([...pieces, '\n\n', ...needs.pieces], needs.buttons)
}

/** What needs somebody, as one list. */
export async function needsCard(sight: Sight): Promise<Said> {
  const { pieces, buttons } = await needsSomebody(sight)
  return say(pieces, buttons)
}

async function needsSomebody(sight: Sight): Promise<{ pieces: Piece[]; buttons: Button[][] }> {
  const { words } = sight
  const open = await notices(sight.db, { limit: LINES })
  const count = await openNotices(sight.db)
  const pieces: Piece[] = [{ words: words.bot.needs, as: 'bold' }]
  if (open.length === 0) pieces.push('\n', words.bot.nothingNeeds)
  for (const notice of open) {
    pieces.push('\n', `${notice.id} · `, stranger(noticeSentence(words, notice), null, 200))
  }
  pieces.push(...rest(sight, count - open.length))
  const buttons = open.slice(0, WITH_BUTTONS).flatMap((notice) => answers(sight, notice, notice.id))
  return { pieces, buttons }
}

function rest({ words }: Sight, count: number): Piece[] {
  return count > 0 ? ['\n', words.bot.more({ count })] : []
}

/** How each account is, with its switch. */
export async function statusCard(sight: Sight): Promise<Said> {
  const { buttons } = sight.words.bot
  const seen = await overview(sight.db, sight.clock())
  const accounts = seen.accounts.filter(({ configured }) => configured)
  const pieces: Piece[] = accounts.flatMap((account, at) => [
    ...(at > 0 ? ['\n'] : []),
    stranger(account.account, 'bold' as const),
    ...statusOf(sight, account),
  ])
  const rows = accounts.map(({ id, account, paused }) => {
    const label = paused === null ? buttons.pause : buttons.goOn
    return [button(`${label} · ${account}`, paused === null ? 'pause' : 'resume', `c${id}`)]
  })
  return say(pieces, rows)
}

function statusOf(
  sight: Sight,
  { states, paused, waitUntil, lastSuccessAt }: AccountOverview,
): Piece[] {
  const { words } = sight
  const at = (iso: string) => ({ at: momentOf(iso, sight) })
  // In one order, so that a message is not changed for nothing.
  const order = Object.keys(words.deliveries.states)
  const counted = states.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  const standing = { unauthorized: 'unauthorized', person: 'paused' } as const
  const told = [
    words.decisions.states[paused === null ? 'running' : standing[paused.kind]],
    ...(waitUntil === null ? [] : [words.bot.waitsUntil(at(waitUntil))]),
    ...counted.map(({ state, count }) => `${words.deliveries.states[state]} ${count}`),
    lastSuccessAt === null ? words.bot.neverYet : words.bot.lastSuccess(at(lastSuccessAt)),
  ]
  const line = ` · ${told.join(' · ')}`
  return paused === null ? [line] : [line, '\n', stranger(whyPaused(sight, paused), 'italic', 300)]
}

function whyPaused({ words }: Sight, { kind, reason }: NonNullable<AccountOverview['paused']>) {
  return kind === 'person' ? reason : errorSentence(words, { kind, message: reason })
}

/** What readers did in thirty days: by account, and the articles with the most. */
export async function statsCard(sight: Sight): Promise<Said> {
  const { words, db } = sight
  const since = new Date(sight.clock().getTime() - MONTH_MS)
  const pieces: Piece[] = [{ words: words.bot.statsOf, as: 'bold' }]
  const rows = await stats(db, { since, by: 'account' })
  if (rows.length === 0) pieces.push('\n', words.bot.neverYet)
  for (const row of rows) {
    const name = 'account' in row ? row.account : row.title
    pieces.push('\n', stranger(name), ` · ${words.bot.posts({ count: row.posts })}`)
    pieces.push('\n', tellCounts(words, row))
  }
  const best = (await stats(db, { since, by: 'article' }))
    .toSorted((one, other) => weightOf(other) - weightOf(one))
    .slice(0, 5)
  if (best.length > 0) pieces.push('\n\n', { words: words.bot.best, as: 'bold' })
  for (const row of best) {
    const title = 'title' in row ? row.title : row.account
    pieces.push('\n', stranger(title, null, 100), '\n', tellCounts(words, row))
  }
  return say(pieces)
}

/** What readers did by hand says more than a view. */
function weightOf({
  likes,
  reposts,
  replies,
  quotes,
  views,
}: Record<'likes' | 'reposts' | 'replies' | 'quotes' | 'views', number | null>): number {
  const acted = [likes, reposts, replies, quotes].reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return acted * 100 + (views ?? 0)
}
