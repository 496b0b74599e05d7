import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from './store.ts'

/** Whether this machine has a real Redis. */
export const redisIsHere = spawnSync('redis-server', ['--version']).status === 0

/** A real Redis on a socket of its own, or on a port of this machine, where a program is told of it by its address. */
export async function temporaryRedis(port = 0): Promise<{ url: string } & AsyncDisposable> {
  const { folder, [Symbol.asyncDispose]: remove } = await temporaryFolder('redis')
  const socket = path.join(folder, 'r.sock')
  const settings = ['--port', String(port), '--unixsocket', socket, '--save', '', '--dir', folder]
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of child.stdout) {
    if (String(chunk).includes('Ready to accept connections') || existsSync(socket)) break
  }
  return {
    url: port === 0 ? socket : `redis://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await once(child, 'exit')
      await remove()
    },
  }
}
