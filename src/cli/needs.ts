import { answerTyped, noticeSentence } from '../locale/notices.ts'
import type { Words } from '../locale/words.ts'
import type { NoticeView } from '../notices/view.ts'
import type { Invocation } from './command.ts'
import { safe, titled, toned } from './terminal.ts'

/** A notice in one line, however long its title. */
export function sentence(words: Words, notice: NoticeView): string {
  const { article } = notice
  const short = article && { ...article, title: titled(article.title) }
  return safe(noticeSentence(words, { ...notice, article: short }))
}

/** What a person is asked for: each notice in a line, below it what to type. */
export function needsLines(
  asked: readonly NoticeView[],
  { words, at }: Pick<Invocation, 'words' | 'at'>,
): string[] {
  if (asked.length === 0) return []
  const lines = ['', toned(at.stdout, 'strong', words.cli.needsPerson())]
  for (const notice of asked) {
    lines.push(`  ${notice.id.padEnd(5)}${sentence(words, notice)}`)
    lines.push(toned(at.stdout, 'quiet', `       ${safe(answerTyped(words, notice))}`))
  }
  return lines
}
