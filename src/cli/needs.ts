import { answerTyped, noticeSentence } from '../locale/notices.ts'
import type { NoticeView } from '../notices/view.ts'
import type { Invocation } from './command.ts'
import { safe, toned } from './terminal.ts'

/** What a person is asked for: each notice in a line, below it what to type. */
export function needsLines(
  asked: readonly NoticeView[],
  { words, at }: Pick<Invocation, 'words' | 'at'>,
): string[] {
  if (asked.length === 0) return []
  const lines = ['', toned(at.stdout, 'strong', words.cli.needsPerson())]
  for (const notice of asked) {
    lines.push(`  ${notice.id.padEnd(5)}${safe(noticeSentence(words, notice))}`)
    lines.push(toned(at.stdout, 'quiet', `       ${safe(answerTyped(words, notice))}`))
  }
  return lines
}
