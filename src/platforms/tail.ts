/**
 * A text without the signs at its end that `sign` (a pattern for one character) matches. A loop, since `/x+$/` takes
 * the square of the time where a stranger's text is full of such signs.
 */
export function withoutTail(text: string, sign: RegExp): string {
  let end = text.length
  while (end > 0) {
    const start = /[\udc00-\udfff]/.test(text[end - 1] ?? '') ? Math.max(0, end - 2) : end - 1
    if (!sign.test(text.slice(start, end))) break
    end = start
  }
  return text.slice(0, end)
}
