import type { Settings } from './front.ts'
import type { Visibility } from '../post.ts'

interface Setting {
  /** What it may be, for messages. */
  allowed: string
  /** What a value as YAML has it changes (null: an empty one); null where it is none of the allowed. */
  read(said: unknown): Partial<Settings> | null
}

/** As many as any platform takes. */
const MOST_IMAGES = 4

const visibilities: readonly Visibility[] = ['public', 'unlisted', 'private']
const threads: readonly Settings['thread'][] = [false, 'split', 'numbered']

const settings = new Map<string, Setting>([
  [
    'card',
    {
      allowed: 'true, false or above',
      read: (said) => (said === 'above' ? { card: said } : flag(said, (card) => ({ card }))),
    },
  ],
  [
    'images',
    {
      allowed: `a number from 0 to ${MOST_IMAGES}, or true for as many as there can be`,
      read: (said) => {
        const images = said === true ? MOST_IMAGES : said === false ? 0 : said
        const fits = typeof images === 'number' && Number.isInteger(images)
        return fits && images >= 0 && images <= MOST_IMAGES ? { images } : null
      },
    },
  ],
  [
    'thread',
    {
      allowed: 'false, split or numbered',
      read: (said) => {
        const thread = threads.find((known) => known === said)
        return thread === undefined ? null : { thread }
      },
    },
  ],
  [
    'drop_hashtags',
    {
      allowed: 'true or false',
      read: (said) => flag(said, (dropHashtags) => ({ dropHashtags })),
    },
  ],
  [
    'language',
    {
      allowed: 'the code of a language: fr, en, pt-BR',
      read: (said) => {
        const language = typeof said === 'string' ? canonical(said) : null
        return language === null ? null : { language }
      },
    },
  ],
  [
    'visibility',
    {
      allowed: 'public, unlisted or private',
      read: (said) => {
        const visibility = visibilities.find((known) => known === said)
        return visibility === undefined ? null : { visibility }
      },
    },
  ],
  ['silent', { allowed: 'true or false', read: (said) => flag(said, (silent) => ({ silent })) }],
  [
    'content_warning',
    {
      allowed: 'a text in quotes',
      read: (said) => {
        if (said === null) return { contentWarning: null }
        if (typeof said !== 'string') return null
        return { contentWarning: said.trim() === '' ? null : said }
      },
    },
  ],
])

/** Every setting that front matter may have. */
export const settingNames: readonly string[] = [...settings.keys()]

/** What a setting may be and does, or null where there is none of that name. */
export function settingOf(name: string): Setting | null {
  return settings.get(name) ?? null
}

function flag(
  said: unknown,
  changed: (yes: boolean) => Partial<Settings>,
): Partial<Settings> | null {
  return typeof said === 'boolean' ? changed(said) : null
}

/** A language's code as standards spell it, or null where it is none. */
function canonical(code: string): string | null {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null
  } catch {
    return null
  }
}
