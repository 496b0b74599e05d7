import { Problem } from '../locale/problem.ts'
import { nearest } from './nearest.ts'
import type { Path, YamlFile } from './yaml.ts'

/** The keys and values at that path. `known` null: any key goes. Throws `Problem` for another shape or an unknown key. */
export function mapAt(
  yaml: YamlFile,
  at: Path,
  value: unknown,
  known: readonly string[] | null,
): Record<string, unknown> {
  if (!isMap(value))
    throw wrong(yaml, at, 'map', 'accounts: { journal: { platform: telegram, … } }')
  if (known !== null) refuseUnknown(yaml, at, Object.keys(value), known)
  return value
}

/** The list at that path. Throws `Problem` where it is none. */
export function listAt(yaml: YamlFile, at: Path, value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(yaml, at, 'list', `${at.at(-1)}: [ … ]`)
}

/** Throws `Problem` 'setting-unknown' for the first key that is not known, with the nearest that is. */
export function refuseUnknown(
  yaml: YamlFile,
  at: Path,
  keys: string[],
  known: readonly string[],
): void {
  const unknown = keys.find((key) => !known.includes(key))
  if (unknown === undefined) return
  const near = nearest(unknown, known)
  throw new Problem('setting-unknown', {
    setting: nameOf([...at, unknown]),
    ...yaml.placeOf([...at, unknown]),
    nearest: near,
    known: known.join(', '),
    example: `${near ?? known[0]}: …`,
  })
}

/** A value that is not what it must be. `about` names the rule in `locale`'s `settings`. */
export function wrong(yaml: YamlFile, at: Path, about: string, example: string): Problem {
  return new Problem('setting-invalid', {
    setting: at.length === 0 ? yaml.name : nameOf(at),
    about,
    said: '',
    ...yaml.placeOf(at),
    example,
  })
}

/** A key that must be there and is not. */
export function missing(yaml: YamlFile, at: Path, key: string, example: string): Problem {
  return new Problem('setting-missing', {
    setting: nameOf([...at, key]),
    there: nameOf(at),
    ...yaml.placeOf(at),
    example,
  })
}

/** `accounts.journal.botToken`, `sources[0].url`. */
export function nameOf(at: Path): string {
  return at
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1)
}

/** Whether a YAML value is keys with values. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An empty value counts as not set, here too. */
export function isBlank(value: unknown): boolean {
  return value == null || (typeof value === 'string' && value.trim() === '')
}
