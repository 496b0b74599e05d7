import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { Problem } from '../locale/problem.ts'
import { codeOf } from '../reason.ts'

/** Where a setting stands: a file and, in YAML, its line; `file` null is the environment. */
export interface Place {
  file: string | null
  line: number | null
}

/** One setting that is set, without blanks around it. */
export interface Setting extends Place {
  value: string
}

/** All settings that are set: name → value and place. */
export type Environment = ReadonlyMap<string, Setting>

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The environment over the `.env` of `root`. An empty value counts as not set.
 * Throws `Problem` where `.env` is there and cannot be read.
 */
export async function readEnvironment(env: Variables, root: string): Promise<Environment> {
  const text = await readText(path.join(root, '.env'), '.env')
  const set = (variables: Variables, file: string | null) =>
    Object.entries(variables).flatMap(([name, value]): [string, Setting][] => {
      const trimmed = value?.trim()
      return trimmed ? [[name, { value: trimmed, file, line: null }]] : []
    })
  return new Map([...set(parseEnv(text ?? ''), '.env'), ...set(env, null)])
}

/** A text file without its byte order mark; null where there is none. `file` is its name for people. */
export async function readText(absolute: string, file: string): Promise<string | null> {
  try {
    return (await readFile(absolute, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return null
    throw new Problem('setting-file-unreadable', { setting: file, code })
  }
}
