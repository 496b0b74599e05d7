import { Problem } from '../../locale/problem.ts'
import type { Command } from './command.ts'
import { decideTyped, typedIn } from './typed.ts'

/** `/approve [id… [N]]`: lets out what is held, of a flood the newest N; without an id: the list to choose from. */
export const approve: Command = async (talk, words) => {
  const typed = typedIn(words).filter((word) => !/^(?:--|—)?newest$/i.test(word))
  const last = typed.length > 1 ? typed.at(-1) : undefined
  if (typed.length === 0) return talk.show('held')
  if (last === undefined || !/^[+-]?\d/.test(last)) {
    return decideTyped(talk, typed, { kind: 'approve' })
  }
  if (!/^[1-9]\d{0,4}$/.test(last)) throw new Problem('usage-newest', {})
  await decideTyped(talk, typed.slice(0, -1), { kind: 'approve' }, Number(last))
}
