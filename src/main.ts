import { enableCompileCache, flushCompileCache } from 'node:module'
import path from 'node:path'

// Before anything else is imported: start is what a cold cache costs most.
enableCompileCache(path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'crieur'))

const { run } = await import('./cli/run.ts')

/** What lies beyond the command line, loaded by the commands that need it. */
const rooms = {
  web: async () => (await import('./web/server.ts')).startWeb,
  workers: async () => (await import('../jobs/workers.ts')).startWorkers,
  bots: async () => (await import('./bot/bot.ts')).startBots,
}

// Whoever reads us may stop reading (`crieur queue | head`): that is no fault of ours.
process.stdout.on('error', () => process.exit(0))

const code = await run(process.argv.slice(2), {
  env: process.env,
  root: path.join(import.meta.dirname, '..'),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  rooms,
  settledIn: flushCompileCache,
})
// Nothing is left to do: a socket that lingers keeps nobody waiting.
process.stdout.write('', () => process.exit(code))
