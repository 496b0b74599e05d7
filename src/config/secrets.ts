/** Shorter ones are no secrets, and striking them out would only spoil the log. */
const LEAST_LENGTH = 4

/** Whether a key of an account (`botToken`) or a setting (`BLUESKY_APP_PASSWORD`) holds a secret. */
export function isSecret(name: string): boolean {
  return /token|password|secret/i.test(name)
}

/** The password inside a server's address, as written and as meant. */
export function passwordIn(address: string | null): string[] {
  const url = address === null ? null : URL.parse(address)
  const passwords = [url?.password, url?.searchParams.get('password')]
  return passwords.filter((one) => one != null).flatMap((one) => [one, decoded(one)])
}

/** Each secret as it may turn up in a log line: plain, in an address, in quotes; longest first. */
export function variantsOf(secrets: readonly string[]): string[] {
  const all = secrets.flatMap((one) => [
    one,
    encodeURIComponent(one),
    JSON.stringify(one).slice(1, -1),
  ])
  return [...new Set(all)]
    .filter((one) => one.length >= LEAST_LENGTH)
    .toSorted((a, b) => b.length - a.length)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
