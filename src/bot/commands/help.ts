import { say } from '../text.ts'
import type { Command } from './command.ts'

/** `/help`: what can be said here. */
export const help: Command = async ({ desk, chat, sight }) => {
  const { bot } = sight.words
  const lines = Object.entries(bot.commands).map(([name, what]) => `\n/${name} · ${what}`)
  await desk.line.send(chat, say([bot.hello, '\n', ...lines]))
}
