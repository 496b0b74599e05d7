import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import type { Fault, KeptPost, Seen } from '../../src/sandbox/stand-in.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'

const keptPosts = z.array(
  z.object({
    platform: z.enum(['telegram', 'bluesky', 'mastodon']),
    id: z.string(),
    url: z.string(),
    at: z.string(),
    wire: z.unknown(),
    pictures: z.array(
      z.object({
        mime: z.string(),
        width: z.number(),
        height: z.number(),
        bytes: z.number(),
        alt: z.string().nullable(),
      }),
    ),
    requests: z.number(),
    edits: z.number(),
  }),
)
const seenRequests = z.array(z.object({ at: z.string(), method: z.string(), path: z.string() }))

const root = path.join(import.meta.dirname, '..', '..')
const node = path.join(root, 'node_modules', '.bin', 'node')

/** What a finished program said and how it ended. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The real program as a process of its own. */
export interface Program extends AsyncDisposable {
  child: ChildProcess
  /** Resolves with the text so far once it matches; rejects where the program ends before. */
  says(pattern: RegExp, where?: 'stdout' | 'stderr'): Promise<string>
  ended: Promise<Ended>
  kill(signal: NodeJS.Signals): void
}

/** Runs `crieur …` with exactly this environment (PATH and HOME beside it). */
export function crieur(args: string[], env: Record<string, string>, input?: string): Program {
  return program(
    ['--max-semi-space-size=1', path.join(root, 'src', 'main.ts'), ...args],
    env,
    input,
  )
}

function program(args: string[], env: Record<string, string>, input?: string): Program {
  const child = spawn(node, args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'en', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input ?? '')
  const said = { stdout: '', stderr: '' }
  const changed = new EventTarget()
  for (const where of ['stdout', 'stderr'] as const) {
    child[where].setEncoding('utf8').on('data', (text: string) => {
      said[where] += text
      changed.dispatchEvent(new Event('said'))
    })
  }
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...said }))
  return {
    child,
    ended,
    kill: (signal) => child.kill(signal),
    says: async (pattern, where = 'stdout') => {
      for (;;) {
        if (pattern.test(said[where])) return said[where]
        const more = once(changed, 'said')
        const over = ended.then(() => 'over' as const)
        if ((await Promise.race([more, over])) === 'over' && !pattern.test(said[where])) {
          throw new Error(`ended without saying ${pattern}:\n${said.stdout}\n${said.stderr}`)
        }
      }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** A stand-in platform as a process of its own, so that it outlives what is killed around it. */
export interface StandInProcess extends AsyncDisposable {
  url: string
  posts(): Promise<KeptPost[]>
  seen(): Promise<Seen[]>
  fault(fault: Fault): Promise<void>
  /** Mishaps that were ordered and have not happened yet do not happen. */
  forgetFaults(): Promise<void>
}

/** Starts one; its posts are kept in memory. */
export async function standIn(platform: PlatformId): Promise<StandInProcess> {
  const served = program([path.join(root, 'src', 'sandbox', 'serve.ts'), platform], {})
  const line = await served.says(/\n/)
  const { url }: { url: string } = JSON.parse(line)
  // a kept connection may be closed by the stand-in in the moment it is used again
  const headers = { connection: 'close' }
  const ask = async (door: string): Promise<unknown> =>
    (await fetch(`${url}/_/${door}`, { headers })).json()
  return {
    url,
    posts: async () => keptPosts.parse(await ask('posts')),
    seen: async () => seenRequests.parse(await ask('seen')),
    fault: async (fault) => {
      await fetch(`${url}/_/fault`, { method: 'POST', headers, body: JSON.stringify(fault) })
    },
    forgetFaults: async () => {
      await fetch(`${url}/_/reset-faults`, { method: 'POST' })
    },
    [Symbol.asyncDispose]: served[Symbol.asyncDispose],
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
