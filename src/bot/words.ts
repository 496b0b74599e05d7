import { type Locale, type Words, wordsOf } from '../locale/words.ts'

/** The words of a language as the bot says them: where others name a command line, it names what it hears itself. */
export function spoken(locale: Locale): Words {
  const words = wordsOf(locale)
  const { problems, refused } = words.bot
  return {
    ...words,
    problems: { ...words.problems, ...problems },
    decisions: { ...words.decisions, refused: { ...words.decisions.refused, ...refused } },
  }
}
