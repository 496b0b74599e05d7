const SHOWN = 300

/** A stranger's words: bounded, without what acts on a screen; markup escapes the rest. */
export function shown(words: string, most = SHOWN): string {
  const clear = words.replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069\u200e\u200f]+/gu, ' ')
  const points = Array.from(clear.slice(0, most * 4))
  return points.length > most ? `${points.slice(0, most).join('')}…` : clear
}
