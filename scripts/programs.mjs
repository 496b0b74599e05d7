/** Programs of the system that some tests need. They are installed on CI only, never on a person's machine. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Debian's package of each, and whether the tests here need it at all. */
const programs = [
  { name: 'redis-server', debian: 'redis-server', isNeeded: () => true },
  { name: 'chromium', debian: 'chromium', isNeeded: () => testsMention('playwright-core') },
]

/** The program's path, or null where this machine does not have it. */
export function findProgram(name, searchPath) {
  for (const folder of searchPath.split(path.delimiter)) {
    const candidate = path.join(folder, name)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // look in the next folder
    }
  }
  return null
}

/** On CI, installs what is missing. Returns the names that apt could not install, and what it said. */
export function provide(env) {
  const isCi = /^(1|true|yes)$/i.test(env.CI ?? '')
  const missing = programs.filter((one) => one.isNeeded() && !findProgram(one.name, env.PATH))
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const canInstall = ['apt-get', ...asRoot.slice(0, 1)].every((name) => findProgram(name, env.PATH))
  if (!isCi || !canInstall || missing.length === 0) return { failed: [], said: '' }

  const names = missing.map((one) => one.debian)
  console.log(`CI: installing ${names.join(' and ')} for the tests.`)
  // The run level keeps Debian from starting a server of its own.
  const settings = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1']
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, ...settings, 'apt-get', ...args]
    return spawnSync(command, rest, { env, encoding: 'utf8', timeout: 10 * 60_000 })
  }
  const updated = apt('update')
  const installed = apt('install', '-y', '--no-install-recommends', ...names)
  const failed = missing.filter((one) => !findProgram(one.name, env.PATH)).map((one) => one.name)
  return { failed, said: [updated.stderr, installed.stdout, installed.stderr].join('\n') }
}

function testsMention(word) {
  return readdirSync('tests', { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .some((name) => readFileSync(path.join('tests', name), 'utf8').includes(`'${word}'`))
}
