import { syncAccounts } from '../accounts/ledger.ts'
import { type App, openApp } from '../app.ts'
import { CALL_MS } from '../deliveries/lease.ts'
import { checkedTemplates } from '../deliveries/templates.ts'
import { Problem } from '../locale/problem.ts'
import { reasonOf } from '../reason.ts'
import { syncSources } from '../sources/ledger.ts'
import type { Command, Invocation } from './command.ts'
import { firstSteps } from './first-steps.ts'
import { hostIfNeeded } from './sandbox.ts'

const roles = ['web', 'worker', 'bot'] as const
type Role = (typeof roles)[number]

/** `crieur start`: runs everything, or some roles, until it is asked to stop. */
export const start: Command = {
  options: { only: { type: 'string' }, backfill: { type: 'string' } },
  words: { least: 0, most: 0 },
  run: async (invocation) => {
    const { config, stopping, options } = invocation
    const only = rolesOf(options['only'])
    const backfill = countOf(options['backfill'])
    await checkedTemplates(config)
    const sandbox = await hostIfNeeded(config)
    const app = await openApp(config, sandbox, stopping, backfill).catch(async (error: unknown) => {
      await sandbox?.close()
      throw error
    })
    try {
      await runRoles(app, invocation, only)
    } finally {
      await app.close(CALL_MS + 1000)
    }
    return 0
  },
}

async function runRoles(
  app: App,
  { at, stopping, words }: Invocation,
  only: readonly Role[],
): Promise<void> {
  let ready = false
  const startWeb = only.includes('web') ? await at.rooms.web() : null
  const web = await startWeb?.(app, () => ready)
  try {
    const { db, clock, session } = app.store
    const { sandbox, config } = app
    await syncAccounts(db, sandbox?.accounts ?? config.accounts)
    await syncSources(db, app.sources, clock())
    const startWorkers = only.includes('worker') ? await at.rooms.workers() : null
    if (startWorkers !== null) await session.announceStart()
    const workers = await startWorkers?.(app)
    const bots = only.includes('bot') && hasBot(app) ? await (await at.rooms.bots())(app) : null
    ready = true
    at.stdout.write(
      `${words.cli.ready({ address: web?.url ?? null, sandbox: sandbox !== null })}\n`,
    )
    const password = (await web?.firstPassword()) ?? null
    if (password !== null) at.stdout.write(`${words.page.firstPassword({ password })}\n`)
    at.settledIn()
    if (workers !== undefined) {
      const steps = firstSteps(app, (line) => at.stderr.write(`${line}\n`))
      await Promise.race([steps.catch((error: unknown) => putOff(app, error)), aborted(stopping)])
      workers.keepHouse()
    }
    await aborted(stopping)
    workers?.stop()
    await bots?.stop()
  } finally {
    await web?.close()
  }
}

function hasBot({ sandbox, config }: App): boolean {
  return (sandbox?.accounts ?? config.accounts).some(({ platform }) => platform === 'telegram')
}

/** What the first steps could not do is done by the recurring jobs; the ledger knows what is missing. */
function putOff(app: App, error: unknown): void {
  if (app.stopping.aborted) return
  app.log.error('first steps put off', { reason: reasonOf(error) })
}

function rolesOf(only: string | boolean | undefined): readonly Role[] {
  if (typeof only !== 'string') return roles
  return only.split(',').map((name) => {
    const role = roles.find((known) => known === name.trim())
    if (role === undefined) throw new Problem('usage-role', { role: name, known: roles.join(', ') })
    return role
  })
}

function countOf(backfill: string | boolean | undefined): number {
  if (typeof backfill !== 'string') return 0
  if (!/^\d{1,4}$/.test(backfill)) throw new Problem('usage-number', { option: '--backfill' })
  return Number(backfill)
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
