import { spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { Problem } from '../locale/problem.ts'

/** Postgres refuses to run as root; these are the two ways found to obey it without another user's help. */
type Way = 'as-we-are' | 'user-namespace' | 'nobody'

const NOBODY = 65_534
let known: Way | null = null

/** The command that runs a Postgres program as somebody other than root. */
export function asPostgresUser(
  program: string,
  args: string[],
): { command: string; args: string[] } {
  switch (wayFor()) {
    case 'as-we-are':
      return { command: program, args }
    case 'user-namespace':
      return {
        command: 'unshare',
        args: ['--user', '--map-user=1000', '--map-group=1000', program, ...args],
      }
    case 'nobody':
      return {
        command: 'setpriv',
        args: [
          ...[`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
          ...['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override'],
          ...['--ambient-caps=+dac_override', program, ...args],
        ],
      }
  }
}

/** Where Postgres runs as `nobody` its folders must be nobody's. */
export function givesFolderAway(folder: string): void {
  if (wayFor() === 'nobody') chownSync(folder, NOBODY, NOBODY)
}

/** Finds out once a process. Throws `Problem` where root has neither way. */
function wayFor(): Way {
  known ??= find()
  return known
}

function find(): Way {
  if (process.getuid?.() !== 0) return 'as-we-are'
  if (runs('unshare', ['--user', '--map-user=1000', '--map-group=1000', 'true'])) {
    return 'user-namespace'
  }
  if (runs('setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', 'true'])) {
    return 'nobody'
  }
  throw new Problem('store-root', {})
}

function runs(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
