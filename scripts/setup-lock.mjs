/** A lock between processes, a folder: `mkdir` is atomic everywhere. Plain JavaScript for Node 20. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

/** A holder that never got to write its name is gone after this long. */
const NAMELESS_MS = 5_000

/**
 * Waits until the lock is ours. `onWait` is called once where somebody else holds it. A holder that was killed,
 * with all it started, loses it.
 * @returns {Promise<{ sharedWith(pid: number): void, release(): void }>} `sharedWith` names a child that must
 * also have ended before others may take the lock.
 */
export async function holdLock(folder, onWait) {
  mkdirSync(path.dirname(folder), { recursive: true })
  for (let waits = 0; !take(folder); waits += 1) {
    if (isStale(folder)) {
      clearAway(folder)
      continue
    }
    if (waits === 0) onWait()
    await after(100)
  }
  const pids = [process.pid]
  const write = () => writeFileSync(path.join(folder, 'pids'), pids.join(' '))
  write()
  return {
    sharedWith: (pid) => {
      pids.push(pid)
      write()
    },
    release: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function take(folder) {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isStale(folder) {
  const pids = pidsOf(folder)
  if (pids.length > 0) return !pids.some(isAlive)
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
  return made !== undefined && Date.now() - made > NAMELESS_MS
}

/** Two may find it stale at once: each moves it aside first, and only one of them can. */
function clearAway(folder) {
  const aside = `${folder}-${process.pid}`
  try {
    renameSync(folder, aside)
  } catch {
    return // the other one was faster
  }
  // Between our look and our move somebody may have taken it anew: then it is theirs.
  if (pidsOf(aside).some(isAlive)) renameSync(aside, folder)
  else rmSync(aside, { recursive: true, force: true })
}

function pidsOf(folder) {
  try {
    return readFileSync(path.join(folder, 'pids'), 'utf8').split(' ').map(Number).filter(Boolean)
  } catch {
    return []
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
