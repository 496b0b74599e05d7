const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * A record key: a TID, 13 signs that stand for microseconds since 1970 and a clock id of 10 bits
 * (atproto.com/specs/tid). Two keys of one millisecond differ by randomness.
 */
export function tid(now: Date, random: () => number): string {
  const micros = BigInt(now.getTime()) * 1000n + BigInt(Math.floor(random() * 1000))
  const value = (micros << 10n) | BigInt(Math.floor(random() * 1024))
  return Array.from({ length: 13 }, (_, at) =>
    ALPHABET.charAt(Number((value >> BigInt(5 * (12 - at))) & 31n)),
  ).join('')
}
