import type { Command } from './command.ts'

/** `/help`: what can be said here. */
export const help: Command = ({ say, sight }) => {
  const { bot } = sight.words
  const lines = Object.entries(bot.commands).map(([name, what]) => `/${name} · ${what}`)
  return say([bot.hello, '', ...lines].join('\n'))
}
