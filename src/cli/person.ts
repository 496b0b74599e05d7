import { userInfo } from 'node:os'
import type { Person } from '../decisions/ledger.ts'
import type { Words } from '../locale/words.ts'

/** Who types: the login name on this machine, where there is one. */
export function person(words: Words): Person {
  try {
    return { who: userInfo().username, door: 'cli' }
  } catch {
    return { who: words.decisions.doors.cli, door: 'cli' }
  }
}
