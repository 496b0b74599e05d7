import { en } from './en.ts'
import { fr } from './fr.ts'

/** Every sentence people read, in one language. English sets the shape, the others follow. */
export type Words = typeof en
export type Locale = 'fr' | 'en'

const all: Record<Locale, Words> = { en, fr }

/** The sentences of one language. */
export function wordsOf(locale: Locale): Words {
  return all[locale]
}

/**
 * The language people are spoken to in: `LOCALE`, else by `LC_ALL`, `LC_MESSAGES`, `LANG`, else English.
 * An unknown value counts as not set.
 */
export function localeOf(env: Readonly<Record<string, string | undefined>>): Locale {
  const wish = env['LOCALE'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en'
  return wish.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}
