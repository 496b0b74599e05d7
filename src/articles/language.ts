/** Fewest letters that tell a language: three letters a word tell scripts of their own much sooner. */
const fewestLetters = 60
const fewestOfOwnScript = 16
/** From here on the text alone decides, however near the second guess is. */
const plenty = 400
/** A second guess nearer than this to the first is a tie, which what the site declares breaks. */
const tie = 0.9
/** Longest text that is looked at. */
const looked = 4000

/**
 * The language of an article: by its text where that is long enough, else the first of what the site declares
 * (`fr_FR`, `en-US`), as a two-letter code where there is one. Null where nothing says it.
 */
export async function languageOf(
  text: string,
  declared: readonly (string | null | undefined)[],
): Promise<string | null> {
  const said = declared.map((tag) => baseOf(tag)).find((tag) => tag !== null) ?? null
  const sample = text.slice(0, looked)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (letters < (latin * 2 > letters ? fewestLetters : fewestOfOwnScript)) return said
  const { francAll } = await import('franc-min')
  const [best, ...others] = francAll(sample).filter(([code]) => code !== 'und')
  if (!best) return said
  const near = others.filter(([, score]) => score >= tie).map(([code]) => baseOf(code))
  return letters < plenty && near.includes(said) ? said : baseOf(best[0])
}

/** The language of a tag without country or script (`fr_FR` → `fr`), or null for what is no tag. */
export function baseOf(tag: string | null | undefined): string | null {
  const canonical = canonicalTag(tag)
  return canonical ? new Intl.Locale(canonical).language : null
}

/** A tag in its canonical spelling (`fra-fr` → `fr-FR`), or null for what is no tag. */
export function canonicalTag(tag: string | null | undefined): string | null {
  if (!tag) return null
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}
