import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '../locale/problem.ts'
import { codeOf } from '../reason.ts'

/**
 * Makes a private folder for data, its parents too. Throws `store-folder` where that cannot be. (Node's own
 * recursive `mkdir` never returns where a file system refuses new folders with «no such file», as /proc does.)
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await make(folder)
  } catch (error) {
    throw new Problem('store-folder', { folder, code: codeOf(error) })
  }
}

async function make(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => null)
  if (there?.isDirectory() === true) return
  const parent = path.dirname(folder)
  if (parent !== folder) await make(parent)
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST' || there !== null) throw error
  })
}
