import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

const repository = path.resolve(import.meta.dirname, '../../..')

/** A small checkout in a folder with a blank in its name, whose `npm` only writes down how it was called. */
export interface Checkout {
  root: string
  /** How npm was called, call by call. */
  npmCalls(): string[]
  /** Runs a script of the checkout under the system's Node. */
  run(script: string, args?: string[], more?: { cwd?: string; env?: Env }): Running
}
type Env = Record<string, string>

/** A program that runs, and what it has said. */
export interface Running {
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** Waits until it has said that. */
  says(text: string): Promise<void>
  ended: Promise<{ code: number | null; signal: string | null }>
}

/** What a real install leaves, as far as set-up looks at it. `gate` is a pipe that holds an install up. */
const npm = `#!/bin/sh
echo "$@" >> npm-calls
if [ -e gate ]; then cat gate > /dev/null; fi
if [ -e broken ]; then exit 7; fi
mkdir -p node_modules
touch node_modules/.package-lock.json
case "$*" in *--include=dev*) mkdir -p node_modules/vitest; echo '{}' > node_modules/vitest/package.json;; esac
`

const main = `
const [wish, ...rest] = process.argv.slice(2)
if (wish === 'die') process.kill(process.pid, 'SIGKILL')
if (wish === 'exit') process.exit(Number(rest[0]))
if (wish === 'wait') {
  let signals = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => { signals += 1; console.log(name, signals); clearInterval(timer) })
  }
  const timer = setInterval(() => undefined, 1000)
  console.log('ready')
} else console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), node: process.version, flags: process.execArgv }))
`

export async function makeCheckout(): Promise<Checkout> {
  const parent = await mkdtemp(path.join(tmpdir(), 'crieur-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const root = path.join(parent, 'my own crieur')
  await mkdir(path.join(root, 'src'), { recursive: true })
  for (const name of [
    'crieur.mjs',
    'scripts/setup.mjs',
    'scripts/setup-lock.mjs',
    'package-lock.json',
  ]) {
    await cp(path.join(repository, name), path.join(root, name))
  }
  await writeFile(path.join(root, 'package.json'), '{ "type": "module" }')
  await writeFile(path.join(root, 'src/main.ts'), main)
  await mkdir(path.join(root, 'bin'))
  await writeFile(path.join(root, 'bin/npm'), npm)
  await chmod(path.join(root, 'bin/npm'), 0o755)
  return {
    root,
    npmCalls: () => lines(path.join(root, 'npm-calls')),
    run: (script, args = [], { cwd = root, env = {} } = {}) =>
      running(
        spawn(systemNode(), [path.join(root, script), ...args], {
          cwd,
          env: { PATH: `${root}/bin:${process.env['PATH']}`, LANG: 'C', ...env },
        }),
      ),
  }
}

/** Our own Node, as an install would have put it there. */
export async function bringNode({ root }: Checkout): Promise<void> {
  await mkdir(path.join(root, 'node_modules'), { recursive: true })
  const name = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  const folder = `${name}-${process.platform}-${process.arch}`
  const to = path.join(root, 'node_modules', folder)
  if (!existsSync(to)) await symlink(path.join(repository, 'node_modules', folder), to)
}

/** A named pipe: whoever reads it waits until `open` has written. */
export function makeGate({ root }: Checkout): { open(): Promise<void> } {
  const gate = path.join(root, 'gate')
  spawnSync('mkfifo', [gate])
  return { open: () => writeFile(gate, 'open\n') }
}

function running(child: ChildProcess): Running {
  const said = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  onTestFinished(() => void child.kill('SIGKILL'))
  const all = () => said.stdout + said.stderr
  return {
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    says: async (text) => {
      while (!all().includes(text)) {
        const more = [child.stdout, child.stderr].flatMap((one) => (one ? [once(one, 'data')] : []))
        const over = ended.then(() => {
          if (!all().includes(text)) throw new Error(`ended without saying ${text}: ${all()}`)
        })
        await Promise.race([...more, over])
      }
    },
  }
}

/** The Node that a person has, not the one that came with the packages. */
function systemNode(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const candidates = folders
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => path.join(folder, 'node'))
  return candidates.find(isProgram) ?? process.execPath
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function lines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
