/** Whether readers see anything of a text: some platforms refuse what is blank. */
export function isSeen(text: string): boolean {
  return /[^\s\p{Cf}\p{Cc}]/u.test(text)
}

/** What is left of a cut text, with «…» in place of what must not stand before it. */
export function withEllipsis(kept: string): string {
  const bare = withoutDangling(kept)
  return bare === '' ? '' : `${bare}…`
}

/** Without blanks, stops, commas and opening quotes or brackets at the end. */
export function withoutDangling(kept: string): string {
  let end = kept.length
  // a loop, since a pattern for the end takes the square of the time over a text full of such signs
  while (end > 0 && isDangling(kept, end - 1)) end--
  return kept.slice(0, end)
}

function isDangling(text: string, at: number): boolean {
  return isOpening(text, at) || /[\s\u2060.,;:…·–—-]/u.test(text[at] ?? '')
}

/** A straight quotation mark opens where nothing it could close stands before it. */
export function isOpening(text: string, at: number): boolean {
  const unit = text[at] ?? ''
  if (/["']/.test(unit)) return at === 0 || /[\s"'([{«“„‘‹]/u.test(text[at - 1] ?? '')
  return /[([{«“„‘‹¿¡]/u.test(unit)
}
