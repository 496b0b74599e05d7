import { lstat, readdir, readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '../locale/problem.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { TemplateFile } from '../posts/template/template-file.ts'
import { codeOf } from '../reason.ts'
import type { Config } from './config.ts'
import { nearest } from './nearest.ts'

const root = path.join(import.meta.dirname, '..', '..')
const SUFFIX = '.liquid'
/** Bytes. */
const MOST = 100_000

/** A template for each platform, and the one of what people share elsewhere. */
export type Templates = Readonly<Record<PlatformId | 'share', TemplateFile>>

/**
 * The templates: those that ship, each in its place what `DATA_DIR/templates/` has under the same name; further
 * `.liquid` files there are partials for what stands there. Without `own` those that ship. Throws `Problem` for a
 * file that cannot be read, is no UTF-8, too long, or a link that leads out of the folder.
 */
export async function readTemplates(
  own?: Pick<Config, 'dataDir' | 'timeZone'>,
): Promise<Templates> {
  const shipped = await readFolder(path.join(root, 'templates'))
  const theirs =
    own === undefined
      ? new Map<string, string>()
      : await readFolder(path.join(own.dataDir, 'templates'))
  const timeZone = own?.timeZone ?? 'UTC'
  const partials = Object.fromEntries([...theirs].filter(([name]) => !shipped.has(name)))
  const templateOf = (purpose: keyof Templates): TemplateFile => {
    const name = `${purpose}${SUFFIX}`
    const file = theirs.get(name)
    const folder =
      file === undefined ? 'templates' : spelled(path.join(own?.dataDir ?? '', 'templates'))
    return {
      name: `${folder}/${name}`,
      source: file ?? shipped.get(name) ?? '',
      others: file === undefined ? {} : partials,
      timeZone,
      nearest,
    }
  }
  return {
    telegram: templateOf('telegram'),
    bluesky: templateOf('bluesky'),
    mastodon: templateOf('mastodon'),
    share: templateOf('share'),
  }
}

/** A folder's templates by their names; none where there is no such folder. */
async function readFolder(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw new Problem('template-unreadable', { file: spelled(folder), code: codeOf(error) })
  })
  const files = names.filter((name) => name.endsWith(SUFFIX) && !name.startsWith('.')).toSorted()
  const texts = await Promise.all(
    files.map(async (name) => [name, await readOne(folder, name)] as const),
  )
  return new Map(texts)
}

async function readOne(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name)
  const bytes = await bytesOf(folder, file).catch((error: unknown) => {
    if (error instanceof Problem) throw error
    throw new Problem('template-unreadable', { file: spelled(file), code: codeOf(error) })
  })
  if (bytes.length > MOST) {
    throw new Problem('template-too-long', { file: spelled(file), most: MOST / 1000 })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('template-no-text', { file: spelled(file) })
  }
}

/** Of a file that is far too long, enough to see that it is. */
async function bytesOf(folder: string, file: string): Promise<Uint8Array> {
  const real = await realpath(file)
  if (path.dirname(real) !== (await realpath(folder))) {
    throw new Problem('template-outside', { file: spelled(file) })
  }
  const { size } = await lstat(real)
  return size > MOST ? new Uint8Array(MOST + 1) : await readFile(real)
}

/** A path as people know it: from the checkout on, where it lies within. */
function spelled(file: string): string {
  const relative = path.relative(root, file)
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative
}
