/** A random UUID (version 4) from the randomness handed in: a number from 0 up to 1, 1 excluded. */
export function uuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, (_, at) => {
    if (at === 12) return '4'
    const digit = Math.floor(random() * 16)
    return (at === 16 ? 8 + (digit % 4) : digit).toString(16)
  }).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
