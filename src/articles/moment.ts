/** A moment as pages and feeds write it, in ISO 8601 and UTC; null for what is none. */
export function momentOf(text: string | null | undefined): string | null {
  const time = Date.parse(text?.trim() ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
