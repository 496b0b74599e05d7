/** An address in one spelling. */
export function sameAddress(address: string): string {
  return URL.canParse(address) ? new URL(address).href : address
}

/** Letters and digits alone: what survives every server's own typography and markup. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]|[\ufe00-\ufe0f\u20e3]/gu, '')
}
