/**
 * A text in which no name is a mention: U+2060 (seen by nobody) behind each `@` that could begin one, outside of
 * the addresses it belongs to (sorted, not overlapping). Article words must not ping anybody.
 */
export function withoutMentions(
  text: string,
  addresses: Iterable<{ start: number; end: number }>,
): string {
  let result = ''
  let from = 0
  for (const { start, end } of addresses) {
    result += guarded(text.slice(from, start)) + text.slice(start, end)
    from = end
  }
  return result + guarded(text.slice(from))
}

function guarded(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{M}\p{N}_])@(?=[\p{L}\p{N}_]|$)/gu, '@\u2060')
}
