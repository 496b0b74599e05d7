const graphemes = new Intl.Segmenter()
/** What a terminal draws two columns wide: East Asian signs and emoji. */
const WIDE =
  /^(?:\p{RGI_Emoji}|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\u3000-\u303f\uff01-\uff60])$/v

/** A line as several of at most so many columns, broken at blanks; a word that is longer stands by itself, whole. */
export function wrapped(line: string, columns: number): string[] {
  if (columns === Infinity) return [line]
  const lines: string[] = []
  let current = ''
  let filled = 0
  for (const word of line.split(/(?<= )/)) {
    const wide = columnsOf(word.trimEnd())
    if (current !== '' && filled + wide > columns) {
      lines.push(current.trimEnd())
      current = ''
      filled = 0
    }
    current += word
    filled += columnsOf(word)
  }
  return [...lines, current.trimEnd()]
}

function columnsOf(text: string): number {
  let columns = 0
  for (const { segment } of graphemes.segment(text)) columns += WIDE.test(segment) ? 2 : 1
  return columns
}
