import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Config } from '../config/config.ts'
import { loadConfig, spokenLocale } from '../config/load.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import { type Words, wordsOf } from '../locale/words.ts'
import { logOf } from '../app.ts'
import { credentialsOf } from '../platforms/registry.ts'
import { stackOf } from '../reason.ts'
import type { Command } from './command.ts'
import type { Surroundings } from './terminal.ts'

/** A problem may name the field or setting it is about. */
const namedIn = z.object({ field: z.string().optional(), setting: z.string().optional() })

const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start.ts')).start,
  post: async () => (await import('./post.ts')).post,
  preview: async () => (await import('./preview.ts')).preview,
  approve: async () => (await import('./approve.ts')).approve,
  retry: async () => (await import('./retry.ts')).retry,
  cancel: async () => (await import('./cancel.ts')).cancel,
  delete: async () => (await import('./delete.ts')).takeDown,
  resolve: async () => (await import('./resolve.ts')).resolve,
  pause: async () => (await import('./pause.ts')).pause,
  resume: async () => (await import('./resume.ts')).resume,
  queue: async () => (await import('./queue.ts')).queue,
  show: async () => (await import('./show.ts')).show,
  count: async () => (await import('./count.ts')).count,
  stats: async () => (await import('./stats.ts')).stats,
}

/** Runs one command line. Answers the exit code: 0 done · 1 something was not done · 2 wrong usage · 3 configuration. */
export async function run(args: string[], at: Surroundings): Promise<number> {
  let words = wordsOf(await spokenLocale(at))
  const json = args.includes('--json')
  try {
    const [name, ...rest] = args
    if (name === undefined || ['help', '--help', '-h'].includes(name)) {
      at.stdout.write(`${words.cli.help}\n`)
      return name === undefined ? 2 : 0
    }
    if (!Object.hasOwn(commands, name)) throw new Problem('usage-command', { command: name })
    if (rest.includes('--help') || rest.includes('-h')) {
      at.stdout.write(`${helpFor(words, name)}\n`)
      return 0
    }
    const command = await commands[name]?.()
    if (command === undefined) throw new Problem('usage-command', { command: name })
    const { values, positionals } = parsed(name, command, rest)
    const config = await loadConfig({ env: at.env, root: at.root, platforms: credentialsOf() })
    words = wordsOf(config.locale)
    const stop = stopSignals()
    crashWithOneLine(config, words, at)
    try {
      return await command.run({
        config,
        words,
        positionals,
        options: values,
        json,
        at,
        stopping: stop.signal,
      })
    } catch (error) {
      if (!(error instanceof Problem)) logOf(config).error('unexpected', { stack: stackOf(error) })
      throw error
    } finally {
      stop.release()
    }
  } catch (error) {
    return told(error, words, json, at)
  }
}

function parsed(name: string, command: Command, args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: command.options,
      allowPositionals: true,
      strict: true,
    })
    const { least, most } = command.words
    if (positionals.length < least || positionals.length > most) {
      throw new Problem('usage-words', { command: name, least, most })
    }
    const single: Record<string, string | boolean | undefined> = {}
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === 'string' || typeof value === 'boolean') single[key] = value
    }
    return { values: single, positionals }
  } catch (error) {
    if (error instanceof Problem) throw error
    const option = error instanceof Error ? (/'(-[^' ]+)/.exec(error.message)?.[1] ?? '') : ''
    throw new Problem('usage-option', { command: name, option })
  }
}

function helpFor(words: Words, name: string): string {
  return Reflect.get(words.cli.helpOf, name) ?? words.cli.help
}

/** One line saying what, where and what to do; with `--json` the same as a Problem on stdout. */
function told(error: unknown, words: Words, json: boolean, at: Surroundings): number {
  const problem: { kind: string; facts: unknown } =
    error instanceof Problem ? error : new Problem('unexpected', {})
  const message = sentenceOf(words, problem)
  if (json) {
    const { kind, facts } = problem
    const named = namedIn.parse(facts)
    at.stdout.write(`${JSON.stringify({ error: { kind, message, ...named } })}\n`)
  }
  at.stderr.write(`${message}\n`)
  return exitCodeOf(problem.kind)
}

function exitCodeOf(kind: string): number {
  if (kind.startsWith('usage-')) return 2
  if (/^(setting|store|queue|port|host|template)-/.test(kind) && kind !== 'host-unknown') return 3
  return 1
}

/** The first signal asks to stop, the second one ends the process at once. */
function stopSignals(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  let first = 0
  const onSignal = (name: NodeJS.Signals) => {
    if (!controller.signal.aborted) {
      first = performance.now()
      controller.abort()
      return
    }
    // One Ctrl-C comes twice: from the terminal, and handed on by npm.
    if (performance.now() - first > 500) process.exit(name === 'SIGINT' ? 130 : 143)
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, onSignal)
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, onSignal)
    },
  }
}

/** A bug that nobody caught ends the process, with its place in the log, secrets struck out. The ledger knows the rest. */
function crashWithOneLine(config: Config, words: Words, at: Surroundings): void {
  process.on('uncaughtException', (error) => {
    logOf(config).error('unexpected', { stack: stackOf(error) })
    at.stderr.write(`${sentenceOf(words, new Problem('unexpected', {}))}\n`)
    process.exit(1)
  })
}
