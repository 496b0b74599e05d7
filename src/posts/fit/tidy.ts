import type { Segment } from '../post.ts'

/** A run of one segment within one line. */
interface Run {
  segment: Segment
  text: string
}

interface Line {
  runs: Run[]
  /** The segment whose line feed ends the line. */
  feed: Segment | null
}

/**
 * Brings white space in order, so that templates may indent and use empty lines as they like:
 * - blanks at the ends of a line go, several blanks are one (a no-break space is a letter here);
 * - several empty lines are one, and there are none at the ends;
 * - a line on which only empty segments stand goes with its line feed: that is how an element without words, or
 *   one that was left out, takes its line away;
 * - what is `pre` keeps its blanks.
 */
export function tidy(segments: readonly Segment[]): Segment[] {
  const kept: Line[] = []
  for (const line of linesOf(segments)) {
    trim(line)
    const empty = isEmpty(line)
    if (empty && line.runs.some(({ segment }) => segment.text === '')) continue
    const before = kept.at(-1)
    if (empty && (before === undefined || isEmpty(before))) continue
    kept.push(line)
  }
  while (kept.length > 0 && kept.at(-1)?.runs.every(({ text }) => text === '')) kept.pop()
  return joined(kept)
}

function linesOf(segments: readonly Segment[]): Line[] {
  const lines: Line[] = [{ runs: [], feed: null }]
  for (const segment of segments) {
    const [first = '', ...rest] = segment.text.split('\n')
    lines.at(-1)?.runs.push({ segment, text: first })
    for (const text of rest) {
      const line = lines.at(-1)
      if (line) line.feed = segment
      lines.push({ runs: [{ segment, text }], feed: null })
    }
  }
  return lines
}

function trim(line: Line): void {
  let blank = true
  for (const run of line.runs) {
    if (isVerbatim(run)) {
      blank = false
      continue
    }
    run.text = run.text.replace(/\t[ \t]*| [ \t]+/g, ' ')
    if (blank && run.text.startsWith(' ')) run.text = run.text.slice(1)
    if (run.text !== '') blank = run.text.endsWith(' ')
  }
  for (const run of line.runs.toReversed()) {
    if (isVerbatim(run)) return
    run.text = run.text.replace(/ $/, '')
    if (run.text !== '') return
  }
}

function isVerbatim({ segment }: Run): boolean {
  return segment.styles?.includes('pre') ?? false
}

function isEmpty({ runs }: Line): boolean {
  return runs.every((run) => run.text === '' && !(isVerbatim(run) && run.segment.text !== ''))
}

function joined(lines: readonly Line[]): Segment[] {
  const segments: Segment[] = []
  let last: Segment | null = null
  const add = (segment: Segment, text: string) => {
    const open = segments.at(-1)
    if (text === '') return
    if (open && last === segment) open.text += text
    else segments.push({ ...segment, text })
    last = segment
  }
  lines.forEach(({ runs, feed }, at) => {
    for (const { segment, text } of runs) add(segment, text)
    if (feed !== null && at < lines.length - 1) add(feed, '\n')
  })
  return segments
}
