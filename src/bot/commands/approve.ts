import type { Command } from './command.ts'
import { decideTyped } from './typed.ts'

/** `/approve [id [N]]`: lets out what is held, of a flood the newest N; without an id: the list to choose from. */
export const approve: Command = async (talk, words) => {
  const [id, newest] = words.split(/\s+/).filter(Boolean)
  if (id === undefined) return talk.show('held')
  const count = /^\d{1,5}$/.test(newest ?? '') ? Number(newest) : undefined
  await decideTyped(talk, id, { kind: 'approve' }, count)
}
