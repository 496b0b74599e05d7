import { errorSentence } from './errors.ts'
import type { Words } from './words.ts'

const DAY_MS = 86_400_000

/** As much of a notice as its sentence needs (`NoticeView` has it all). */
export interface Noticed {
  id: string
  kind: 'rejected' | 'unauthorized' | 'uncertain' | 'held' | 'flood' | 'overdue' | 'change' | 'gap'
  /** ISO 8601. */
  raisedAt: string
  article: { title: string; publishedAt: string | null } | null
  account: string | null
  source: string | null
  articles: number
  reason: string | null
  deliveries: readonly {
    id: string
    heldFor: 'late' | 'old' | 'flood' | 'approval' | null
    error: { kind: string; message: string } | null
    change: { kind: 'edit' | 'delete'; error: { kind: string; message: string } | null } | null
  }[]
}

/** What a notice says, in one line. */
export function noticeSentence(words: Words, notice: Noticed): string {
  const { notices } = words
  const title = notice.article?.title ?? ''
  const account = notice.account ?? ''
  const [first] = notice.deliveries
  switch (notice.kind) {
    case 'rejected': {
      const why = first?.error ? errorSentence(words, first.error) : ''
      return notices.rejected({ account, title, why })
    }
    case 'change': {
      const { kind = 'edit', error = null } = first?.change ?? {}
      const why = error === null ? '' : errorSentence(words, error)
      return notices.change[kind]({ account, title, why })
    }
    case 'gap':
      return notices.gap({ source: notice.source ?? '' })
    case 'uncertain':
      return notices.uncertain({ account, title })
    case 'unauthorized': {
      // Once it is let in again nobody says any more why it was not.
      const { reason } = notice
      const why = reason && errorSentence(words, { kind: 'unauthorized', message: reason })
      return notices.unauthorized({ account, why: why ?? '' }).trimEnd()
    }
    case 'overdue':
      return notices.overdue({ account })
    case 'flood':
      return notices.flood({ articles: notice.articles, source: notice.source ?? '' })
    case 'held':
      return notices.held[first?.heldFor ?? 'approval']({ title, days: daysBefore(notice) })
  }
}

/** How many whole days its article was out when it was held; null where nobody says, or less than one. */
function daysBefore({ raisedAt, article }: Noticed): number | null {
  const ms = Date.parse(raisedAt) - Date.parse(article?.publishedAt ?? '')
  return ms >= DAY_MS ? Math.floor(ms / DAY_MS) : null
}

/** How a notice is answered by typing. */
export function answerTyped(words: Words, { id, kind, account, deliveries }: Noticed): string {
  const { answers } = words.notices
  switch (kind) {
    case 'unauthorized':
      return answers.unauthorized({ id: account ?? '' })
    case 'rejected':
    case 'change':
    case 'uncertain':
      return answers[kind]({ id: deliveries[0]?.id ?? id })
    case 'overdue':
      return answers.overdue()
    case 'gap':
    case 'held':
    case 'flood':
      return answers[kind]({ id })
  }
}
