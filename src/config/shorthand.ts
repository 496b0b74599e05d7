import { Problem } from '../locale/problem.ts'
import type { PlatformId } from '../platforms/platform.ts'
import {
  type AccountSpec,
  type AccountSpecs,
  exampleOf,
  type FoundAccount,
  platformsOf,
  settingsOf,
} from './accounts.ts'
import type { Environment, Place } from './environment.ts'
import { nearest } from './nearest.ts'

/**
 * The accounts of the environment's shorthand, one a platform, named after it. Settings that `crieur.yaml`
 * refers to are its own business (`used`). Throws `Problem` for half an account and for names nobody knows.
 */
export function shorthandAccounts(
  environment: Environment,
  specs: AccountSpecs,
  used: ReadonlySet<string>,
): FoundAccount[] {
  return platformsOf(specs).flatMap((platform) => {
    const spec = specs[platform]
    const settings = settingsOf(platform, spec)
    refuseUnknown(environment, platform, { ...spec, settings }, used)
    const present = Object.keys(settings).filter((name) => environment.has(name))
    const own = present.find((name) => !used.has(name))
    if (own === undefined) return []
    for (const missing of spec.required) {
      if (!environment.has(missing)) throw half(environment, own, missing)
    }
    const settingFor = (key: string) =>
      present.find((name) => settings[name] === key) ?? spec.required[0] ?? platform
    const values = present.map((name) => [settings[name], environment.get(name)?.value])
    return {
      name: platform,
      platform,
      values: Object.fromEntries(values),
      setting: spec.required[0] ?? platform,
      nameOf: settingFor,
      placeOf: (key) => placeIn(environment, settingFor(key)),
    }
  })
}

function refuseUnknown(
  environment: Environment,
  platform: PlatformId,
  spec: AccountSpec,
  used: ReadonlySet<string>,
): void {
  const prefix = `${platform.toUpperCase()}_`
  for (const [setting, { file, line }] of environment) {
    if (!setting.startsWith(prefix) || setting in spec.settings || used.has(setting)) continue
    const known = Object.keys(spec.settings)
    const near = nearest(setting, known)
    throw new Problem('setting-unknown', {
      setting,
      file,
      line,
      nearest: near,
      known: known.join(', '),
      example: exampleOf(near ?? spec.required[0] ?? setting, null),
    })
  }
}

function half(environment: Environment, there: string, missing: string): Problem {
  return new Problem('setting-missing', {
    setting: missing,
    there,
    ...placeIn(environment, there),
    example: exampleOf(missing, null),
  })
}

function placeIn(environment: Environment, name: string): Place {
  const { file = null, line = null } = environment.get(name) ?? {}
  return { file, line }
}
