import type { Command } from './command.ts'
import { decideTyped, typedIn } from './typed.ts'

/** `/cancel [id…]`: calls off what has not gone out; without an id: the list to choose from. */
export const cancel: Command = async (talk, words) => {
  const typed = typedIn(words)
  if (typed.length === 0) return talk.show('waiting')
  await decideTyped(talk, typed, { kind: 'cancel' })
}
