import type { LogLevel } from './config/config.ts'

/** One structured line a happening, on stderr: time, level, what happened, facts. Secrets are struck out. */
export interface Log {
  debug(message: string, facts?: Facts): void
  info(message: string, facts?: Facts): void
  warn(message: string, facts?: Facts): void
  error(message: string, facts?: Facts): void
}
type Facts = Readonly<Record<string, string | number | boolean | Date | null | undefined>>

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** `write` takes one finished line. Every value of `secrets` becomes «***» wherever it appears. */
export function createLog(
  level: LogLevel,
  secrets: readonly string[],
  write: (line: string) => void,
): Log {
  const say =
    (at: LogLevel) =>
    (message: string, facts: Facts = {}) => {
      if (order[at] < order[level]) return
      const pairs = Object.entries(facts).flatMap(([name, value]) =>
        value === null || value === undefined ? [] : [`${name}=${quoted(value)}`],
      )
      const line = [new Date().toISOString(), at, message, ...pairs].join(' ')
      write(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line))
    }
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
}

/** Quoted where it would break the line; control characters never reach a terminal. */
function quoted(value: string | number | boolean | Date): string {
  if (value instanceof Date) return value.toISOString()
  const text = String(value)
  return /^[\w.:/@+#%-]+$/.test(text) ? text : JSON.stringify(text)
}
