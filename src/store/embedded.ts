import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from '../locale/problem.ts'
import { codeOf } from '../reason.ts'
import { locateBinaries, makeCluster, PLAIN, USER } from './cluster.ts'
import { asPostgresUser, givesFolderAway } from './unprivileged.ts'

/** How to reach the embedded server: a folder holding its socket. */
export interface SocketAddress {
  host: string
  user: string
  database: string
}

const READY_WITHIN_MS = 60_000
/** One longer socket path and no client could connect (sun_path). */
const SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107

interface PidFile {
  pid: number
  socketFolder: string
}

/**
 * Starts the embedded Postgres of `folder`, or joins the one that runs there already. Makes the cluster at
 * the first start. Throws `Problem` where it cannot: no binaries for this machine, files of another version,
 * a folder that cannot be written, root without a way to run Postgres.
 */
export async function startOrJoin(folder: string): Promise<SocketAddress> {
  const cluster = path.join(folder, 'postgres')
  const binaries = await locateBinaries()
  await makeCluster(cluster, binaries)
  const deadline = Date.now() + READY_WITHIN_MS
  let started: ReturnType<typeof launch> | null = null
  let launches = 0
  for (;;) {
    const running = await readPidFile(cluster)
    if (running !== null) {
      const address = { host: running.socketFolder, user: USER, database: 'postgres' }
      if (await answers(address)) return address
      if (!(await isPostgres(running.pid))) await rm(pidPath(cluster), { force: true })
    } else if (started === null || started.exited()) {
      // Somebody else's start beside ours may make one or two of ours give up; more is a fault.
      launches += 1
      if (launches <= 5) started = launch(cluster, await socketFolder(cluster), binaries)
    }
    if (launches > 5 || Date.now() > deadline) {
      throw new Problem('store-start-failed', { folder, log: await lastLogLine(cluster) })
    }
    await after(25)
  }
}

/** Stops the server of `folder` the fast way. Only for whoever knows to be the last one there. */
export async function stop(folder: string): Promise<void> {
  const cluster = path.join(folder, 'postgres')
  const running = await readPidFile(cluster)
  if (running === null) return
  try {
    process.kill(running.pid, 'SIGINT')
  } catch {
    return // gone already
  }
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline && (await isPostgres(running.pid))) await after(20)
}

/** Starts the postmaster in a process group of its own, so that Ctrl-C reaches us and not it. */
function launch(cluster: string, socket: string, binaries: { postgres: string }) {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    io_method: 'sync',
    max_logical_replication_workers: '0',
    shared_buffers: '16MB',
    max_connections: '200',
    autovacuum_worker_slots: '2',
    autovacuum_max_workers: '1',
  }
  const { command, args } = asPostgresUser(binaries.postgres, [
    ...['-D', cluster],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const log = openSync(logPath(cluster), 'a')
  const child = spawn(command, args, { env: PLAIN, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  let over = false
  child.on('exit', () => (over = true))
  child.on('error', () => (over = true))
  child.unref()
  return { exited: () => over }
}

/**
 * Beside the data where that path is short enough, else in a private folder of the temporary directory, the
 * same at each start, so that a server that is started again is found where it was.
 */
async function socketFolder(cluster: string): Promise<string> {
  const bytes = Buffer.byteLength(path.join(cluster, '.s.PGSQL.5432'))
  if (bytes <= SOCKET_PATH_BYTES && !cluster.includes(',')) return cluster
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16)
  const folder = path.join(tmpdir(), `crieur-${name}`)
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
  const { uid, mode } = await stat(folder)
  const isPrivate = (mode & 0o077) === 0 && uid === process.getuid?.()
  const chosen = isPrivate ? folder : await mkdtemp(path.join(tmpdir(), 'crieur-'))
  givesFolderAway(chosen)
  return chosen
}

/** Lines of `postmaster.pid`: process id, data folder, start time, port, socket folder. */
async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(pidPath(cluster), 'utf8').catch(() => null)
  if (text === null) return null
  const [pid, , , , socketFolder] = text.split('\n')
  if (!pid || !socketFolder) return null
  return { pid: Number(pid), socketFolder }
}

async function answers(address: SocketAddress): Promise<boolean> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false // starting up, recovering, or gone: the caller looks again
  }
}

/** After a power cut the number in the pid file may be another program's, and Postgres would refuse for ever. */
async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => null)
  return name === null || name.trim() === 'postgres'
}

async function lastLogLine(cluster: string): Promise<string> {
  const text = await readFile(logPath(cluster), 'utf8').catch(() => '')
  return text.trim().split('\n').at(-1) ?? ''
}

function pidPath(cluster: string): string {
  return path.join(cluster, 'postmaster.pid')
}

function logPath(cluster: string): string {
  return path.join(path.dirname(cluster), 'postgres.log')
}
