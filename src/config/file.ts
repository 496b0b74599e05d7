import path from 'node:path'
import { Problem } from '../locale/problem.ts'
import type { PlatformId } from '../platforms/platform.ts'
import {
  type AccountSpecs,
  exampleOf,
  type FoundAccount,
  platformsOf,
  settingsOf,
} from './accounts.ts'
import type { SourceSettings } from './config.ts'
import { type Environment, readText } from './environment.ts'
import { nearest } from './nearest.ts'
import { isBlank, isMap, listAt, mapAt, missing, nameOf, refuseUnknown, wrong } from './shape.ts'
import { isSecret } from './secrets.ts'
import { feed, settingOf, settings } from './settings.ts'
import type { Path, YamlFile } from './yaml.ts'

const FILE = 'crieur.yaml'
const TOP_KEYS = ['accounts', 'sources']
const SOURCE_KEYS = ['url', 'remove']
/** What can be typed after `--to`, several with commas between. */
const label = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u

/** What `crieur.yaml` says. */
export interface FileSettings {
  accounts: FoundAccount[]
  sources: SourceSettings[]
  /** Settings it refers to by `${NAME}`. */
  used: ReadonlySet<string>
  /** The values of those among them that are secrets. */
  secrets: string[]
}

/**
 * Reads `crieur.yaml`, or the file of `CRIEUR_CONFIG`; nothing where there is none. Throws `Problem` for what
 * is not YAML, keys and platforms nobody knows, and `${NAME}` that is not set.
 */
export async function readFileSettings(
  environment: Environment,
  root: string,
  specs: AccountSpecs,
): Promise<FileSettings> {
  const named = settingOf(environment, settings.configFile)
  const name = named ?? FILE
  const text = await readText(path.resolve(root, name), name)
  if (text === null && named !== null) {
    const { file = null, line = null } = environment.get('CRIEUR_CONFIG') ?? {}
    throw new Problem('setting-file-missing', { setting: 'CRIEUR_CONFIG', path: named, file, line })
  }
  if (text === null) return { accounts: [], sources: [], used: new Set(), secrets: [] }
  const { parseYaml } = await import('./yaml.ts') // most have no such file, and need no parser
  const yaml = parseYaml(text, name)
  const used = new Set<string>()
  const top = filled(yaml, environment, used)
  const { accounts, sources } = mapAt(yaml, [], top ?? {}, TOP_KEYS)
  return {
    accounts: Object.entries(mapAt(yaml, ['accounts'], accounts ?? {}, null)).map(
      ([name_, value]) => accountAt(yaml, name_, value, specs),
    ),
    sources: listAt(yaml, ['sources'], sources ?? []).map((value, at) => sourceAt(yaml, at, value)),
    used,
    secrets: [...used].filter(isSecret).flatMap((one) => environment.get(one)?.value ?? []),
  }
}

/** The file's value with every `${NAME}` replaced; names met are put into `used`. */
function filled(yaml: YamlFile, environment: Environment, used: Set<string>): unknown {
  const fill = (value: unknown, at: Path): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
        const set = environment.get(name)
        if (set === undefined) throw unset(name, yaml, at)
        used.add(name)
        return set.value
      })
    }
    if (Array.isArray(value)) return value.map((one, index) => fill(one, [...at, index]))
    if (!isMap(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, fill(one, [...at, key])]),
    )
  }
  return fill(yaml.value, [])
}

function accountAt(
  yaml: YamlFile,
  name: string,
  value: unknown,
  specs: AccountSpecs,
): FoundAccount {
  const at = ['accounts', name]
  if (!label.test(name)) throw wrong(yaml, at, 'account-name', 'accounts: { journal: … }')
  const platforms = platformsOf(specs)
  const { platform: wanted, ...values } = mapAt(yaml, at, value, null)
  const platform = platforms.find((id) => id === wanted)
  if (platform === undefined) throw unknownPlatform(yaml, at, wanted, platforms)
  const { settings: keys, required } = specs[platform]
  const known = Object.values(settingsOf(platform, specs[platform]))
  refuseUnknown(yaml, at, Object.keys(values), known)
  for (const setting of required) {
    const key = keys[setting] ?? setting
    if (isBlank(values[key])) throw missing(yaml, at, key, exampleOf(setting, key))
  }
  return {
    name,
    platform,
    values: Object.fromEntries(Object.entries(values).filter(([, one]) => !isBlank(one))),
    setting: nameOf(at),
    nameOf: (key) => nameOf(key === '' ? at : [...at, key]),
    placeOf: (key) => yaml.placeOf(key === '' ? at : [...at, key]),
  }
}

function sourceAt(yaml: YamlFile, index: number, value: unknown): SourceSettings {
  const at = ['sources', index]
  const { url, remove } = mapAt(yaml, at, value, SOURCE_KEYS)
  const example = 'url: "https://example.org/feed/"'
  if (isBlank(url)) throw missing(yaml, at, 'url', example)
  const address = feed.safeParse(url)
  if (!address.success) throw wrong(yaml, [...at, 'url'], 'source-url', example)
  const selectors = listAt(yaml, [...at, 'remove'], remove ?? [])
  return {
    url: address.data,
    remove: selectors.map((one, position) => {
      if (typeof one === 'string' && one.trim() !== '') return one
      throw wrong(yaml, [...at, 'remove', position], 'selector', 'remove: [".share-bar"]')
    }),
  }
}

function unknownPlatform(yaml: YamlFile, at: Path, wanted: unknown, known: PlatformId[]): Problem {
  const example = `platform: ${nearest(typeof wanted === 'string' ? wanted : '', known) ?? known[0]}`
  if (isBlank(wanted)) return missing(yaml, at, 'platform', example)
  return wrong(yaml, [...at, 'platform'], 'platform', example)
}

function unset(name: string, yaml: YamlFile, at: Path): Problem {
  return new Problem('setting-reference', {
    setting: name,
    field: nameOf(at),
    ...yaml.placeOf(at),
  })
}
