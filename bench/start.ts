// Start to ready (first, later), idle memory (PSS) and idle CPU of all processes together, with three accounts.
// Baseline of the same run: a bare Node of the same version.
//   node bench/start.ts
import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'
import { threePlatforms } from '../tests/support/accounts.ts'
import { crieur, freePort, type Program } from '../tests/support/program.ts'
import { temporaryFolder } from '../tests/support/store.ts'

const IDLE_SECONDS = 30

await using platforms = await threePlatforms()
await using home = await temporaryFolder()
const env = { ...platforms.env, DATA_DIR: home.folder, PORT: String(await freePort()) }

const bare = await bareNode()
const first = await startToReady()
await stop(first.program)
const later: number[] = []
for (let run = 0; run < 3; run += 1) {
  const started = await startToReady()
  later.push(started.ms)
  await stop(started.program)
}
const { program } = await startToReady()
await after(20_000) // the first checks and polls are over, and what they opened is let go
const idle = await idleFigures(program)
await stop(program)

const median = later.toSorted((one, other) => one - other)[1] ?? 0
console.log(`bare node                start ${bare.ms.toFixed(0)} ms   ${bare.mb.toFixed(0)} MB`)
console.log(
  `first start to ready     ${first.ms.toFixed(0)} ms   ratio ${(first.ms / bare.ms).toFixed(1)}`,
)
console.log(
  `later start to ready     ${median.toFixed(0)} ms   ratio ${(median / bare.ms).toFixed(1)}`,
)
console.log(
  `idle memory, all (PSS)   ${idle.mb.toFixed(0)} MB   ratio ${(idle.mb / bare.mb).toFixed(1)}`,
)
for (const [name, mb] of idle.each) console.log(`  ${name.padEnd(22)} ${mb.toFixed(0)} MB`)
console.log(`idle CPU, all            ${idle.cpu.toFixed(2)} % of one core over ${IDLE_SECONDS} s`)

async function startToReady(): Promise<{ program: Program; ms: number }> {
  const begun = performance.now()
  const started = crieur(['start'], env)
  await started.says(/http:/)
  return { program: started, ms: performance.now() - begun }
}

async function stop(running: Program): Promise<void> {
  running.kill('SIGINT')
  await running.ended
}

async function bareNode(): Promise<{ ms: number; mb: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)'])
  await new Promise((ready) => child.stdout.once('data', ready))
  const ms = performance.now() - begun
  const mb = await pssOf(child.pid ?? 0)
  child.kill()
  return { ms, mb }
}

/** The program's own process and every process of its embedded database. */
async function idleFigures(running: Program) {
  const pidFile = await readFile(`${home.folder}/postgres/postmaster.pid`, 'utf8')
  const postmaster = Number(pidFile.split('\n')[0])
  const pids = [running.child.pid ?? 0, postmaster, ...(await childrenOf(postmaster))]
  const before = await ticks(pids)
  await after(IDLE_SECONDS * 1000)
  let spent = 0
  for (const [pid, now] of await ticks(pids)) spent += now - (before.get(pid) ?? now)
  const node = await pssOf(pids[0] ?? 0)
  const database = await Promise.all(pids.slice(1).map(pssOf))
  const each = new Map([
    ['crieur', node],
    [`postgres (${database.length} processes)`, database.reduce((sum, mb) => sum + mb, 0)],
  ])
  const mb = [...each.values()].reduce((sum, one) => sum + one, 0)
  return { mb, each, cpu: (spent / 100 / IDLE_SECONDS) * 100 }
}

async function childrenOf(parent: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent)
      found.push(Number(name))
  }
  return found
}

/** Proportional set size in MB: shared pages are counted once over all who share them. */
async function pssOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024
}

/** Processor time of each process so far, in hundredths of a second. */
async function ticks(pids: number[]): Promise<Map<number, number>> {
  const all = await Promise.all(
    pids.map(async (pid): Promise<[number, number][]> => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
      if (stat === null) return [] // a connection that was let go meanwhile
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [[pid, Number(fields[11] ?? 0) + Number(fields[12] ?? 0)]]
    }),
  )
  return new Map(all.flat())
}
