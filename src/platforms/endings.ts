import tlds from 'tlds' with { type: 'json' }

/** Every ending that a domain may have (IANA's list by the package `tlds`), in lower case and in its own script. */
const endings: ReadonlySet<string> = new Set(tlds)

/** Whether this is the last label of a domain, also where written as `xn--…`. */
export function isEnding(label: string): boolean {
  return endings.has(label.toLowerCase()) || /^xn--[a-z\d-]+$/i.test(label)
}
