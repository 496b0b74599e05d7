/** Installs what is only needed here; its native part is compiled, which takes minutes. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ourNode } from '../scripts/setup.mjs'

const folder = import.meta.dirname
const stamp = path.join(folder, 'node_modules', '.crieur-real')

/** Returns at once where the stamp of the last success still fits. Throws where npm fails. */
export async function install() {
  const wanted = stampNow()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log(
    'Installing a real server of Bluesky (480 MB, a few minutes: its store is compiled here).',
  )
  const begun = performance.now()
  // the headers that came with our Node, so that nothing is asked of another place
  const headers = path.dirname(path.dirname(realpathSync(ourNode())))
  const known = existsSync(path.join(headers, 'include', 'node'))
  const npm = spawn(
    'npm',
    [
      ...['ci', '--ignore-scripts=false', '--no-audit', '--no-fund', '--no-update-notifier'],
      '--loglevel=error',
    ],
    {
      cwd: folder,
      env: { ...process.env, ...(known && { npm_config_nodedir: headers }) },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const [code] = await once(npm, 'exit')
  if (code !== 0) throw new Error(`npm ended with ${code}`)
  const built = path.join(folder, 'node_modules', 'better-sqlite3', 'build', 'Release')
  if (!existsSync(built))
    throw new Error('the store of the server was not compiled: see better-sqlite3')
  writeFileSync(stamp, wanted)
  console.log(`Installed in ${((performance.now() - begun) / 1000).toFixed(0)} s.`)
}

/** What the installed packages depend on: the list, and the Node they are compiled for. */
function stampNow() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.version}`)
  for (const file of ['package.json', 'package-lock.json'])
    hash.update(readFileSync(path.join(folder, file)))
  return hash.digest('hex')
}
