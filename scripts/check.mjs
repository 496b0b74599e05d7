/** `npm test`: every check, then every suite. The last line is always `N passed, N failed`. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, provide } from './programs.mjs'
import { ourNode } from './setup.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
const env = {
  ...process.env,
  PATH: [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
}

const code = ['src', 'jobs', 'tests', 'bench', 'scripts', 'crieur.mjs', 'vitest.config.ts']
const checks = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'lint', command: ['oxlint', '--type-aware', ...code.filter((at) => existsSync(at))] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'dependencies', command: [ourNode(), 'scripts/dependencies.mjs'] },
  { name: 'unused code', command: ['knip'] },
]
const CHECK_MS = 5 * 60_000
const SUITES_MS = 60 * 60_000

const provided = provide(env)
const redis = findProgram('redis-server', env.PATH)
console.log(
  `Store: embedded Postgres. Queue: Postgres${redis ? ' and Redis' : ' only (no redis-server here: its tests are left out)'}.`,
)

const total = { passed: 0, failed: 0 }
for (const name of provided.failed) count({ name, ok: false, seconds: 0, said: provided.said })
await inPairs(checks, async (check) => count({ name: check.name, ...(await run(check.command)) }))
const suites = await runSuites()
total.passed += suites.passed
total.failed += suites.failed
process.exitCode = total.failed > 0 ? 1 : 0
console.log(`${total.passed} passed, ${total.failed} failed`)

function count({ name, ok, seconds, said }) {
  total[ok ? 'passed' : 'failed'] += 1
  console.log(`${ok ? '✓' : '✗'} ${name} ${seconds.toFixed(1)} s`)
  if (!ok) console.log(said.trimEnd())
}

/** Two at a time: that is how many cores the smallest of our machines has. */
async function inPairs(list, work) {
  const rest = [...list]
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) await work(next)
  }
  await Promise.all([worker(), worker()])
}

function run([command, ...args]) {
  const begun = performance.now()
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: CHECK_MS })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said += text))
  }
  return new Promise((resolve) => {
    const end = (ok) => resolve({ ok, said, seconds: (performance.now() - begun) / 1000 })
    child.on('error', (error) => {
      said += error.message
      end(false)
    })
    child.on('close', (status) => end(status === 0))
  })
}

/** Vitest over all projects. A file that could not be loaded, or an error outside of any test, fails as one test. */
async function runSuites() {
  const folder = mkdtempSync(path.join(tmpdir(), 'crieur-check-'))
  const report = path.join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = await new Promise((resolve) => {
    const child = spawn('vitest', ['run', ...reporters], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: SUITES_MS,
    })
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const broken = testResults.filter(
      (file) =>
        file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
    )
    const failed = numFailedTests + broken.length
    return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed }
  } catch {
    console.log('✗ the suites ended without a report')
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
