import type { Command } from './command.ts'
import { decideTyped } from './typed.ts'

/** `/cancel [id]`: calls off what has not gone out; without an id: the list to choose from. */
export const cancel: Command = async (talk, words) => {
  const [id] = words.split(/\s+/).filter(Boolean)
  if (id === undefined) return talk.show('waiting')
  await decideTyped(talk, id, { kind: 'cancel' })
}
