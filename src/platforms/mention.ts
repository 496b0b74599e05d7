/**
 * A text in which no name is a mention: U+2060 (seen by nobody) behind each `@` that could begin one, outside of
 * the places where it belongs to an address. Article words must not ping anybody.
 */
export function withoutMentions(
  text: string,
  addresses: readonly { start: number; end: number }[],
): string {
  return text.replaceAll(/(?<![\p{L}\p{M}\p{N}_])@(?=[\p{L}\p{N}_]|$)/gu, (sign, at: number) =>
    addresses.some(({ start, end }) => at >= start && at < end) ? sign : `${sign}\u2060`,
  )
}
