import { z } from 'zod'
import { structure, textOf } from './parameters.ts'
import { refused } from './refusals.ts'

/** One command as Telegram offers it to people who type «/». */
export interface Command {
  command: string
  description: string
}

/** The lists of commands of one bot, each for a scope and a language. */
export interface Commands {
  /** `setMyCommands`, `getMyCommands`, `deleteMyCommands`. Throw what the server refuses. */
  set(parameters: Record<string, unknown>): true
  get(parameters: Record<string, unknown>): Command[]
  remove(parameters: Record<string, unknown>): true
}

const MOST_COMMANDS = 100
const LONGEST_COMMAND = 32
const LONGEST_DESCRIPTION = 256

/** Opens the lists of one bot; `checkChat` throws where it cannot see the chat of a scope. */
export function openCommands(checkChat: (chatId: string) => void): Commands {
  const lists = new Map<string, Command[]>()
  const place = (parameters: Record<string, unknown>) => {
    const scope = scopeOf(parameters)
    if (scope.chat !== null) checkChat(scope.chat)
    const language = textOf(parameters, 'language_code')
    if (!/^([a-z]{2})?$/.test(language)) throw refused('badLanguage')
    return `${scope.key} ${language}`
  }
  return {
    set: (parameters) => {
      const given = givenCommands(parameters)
      const key = place(parameters)
      const commands = given.map(checked)
      if (commands.length > MOST_COMMANDS) throw refused('wrongCommand', 'BOT_COMMANDS_TOO_MUCH')
      if (commands.some(({ command }) => !/^[a-z0-9_]+$/.test(command)))
        throw refused('wrongCommand', 'BOT_COMMAND_INVALID')
      lists.set(key, commands)
      return true
    },
    get: (parameters) => lists.get(place(parameters)) ?? [],
    remove: (parameters) => {
      lists.delete(place(parameters))
      return true
    },
  }
}

const commandShape = z.object({ command: z.string(), description: z.string() })

function givenCommands(parameters: Record<string, unknown>): Command[] {
  const value = structure(parameters, 'commands')
  if (value === undefined) return []
  if (!Array.isArray(value)) throw refused('noCommands')
  return value.map((one) => {
    const { data, error } = commandShape.safeParse(one)
    if (data) return data
    const field = error.issues[0]?.path[0]
    throw refused(
      'badCommand',
      field === undefined ? 'expected an Object' : `Can't find field "${String(field)}"`,
    )
  })
}

/** TD BotCommand.cpp set_commands. */
function checked({ command, description }: Command): Command {
  const name = command.trim().replace(/^\//, '')
  const text = description.trim()
  const refuse = (what: string) => refused('wrongCommand', what)
  if (name === '') throw refuse('command must be non-empty')
  if (lengthOf(name) > LONGEST_COMMAND)
    throw refuse(`command length must not exceed ${LONGEST_COMMAND}`)
  if (text === '') throw refuse('command description must be non-empty')
  if (lengthOf(text) > LONGEST_DESCRIPTION)
    throw refuse(`command description length must not exceed ${LONGEST_DESCRIPTION}`)
  return { command: name, description: text }
}

const lengthOf = (text: string) => Array.from(text).length

const WIDE = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']
const NARROW = ['chat', 'chat_administrators', 'chat_member']
const scopeShape = z.looseObject({
  type: z.string(),
  chat_id: z.union([z.string(), z.number().transform(String)]).default(''),
  user_id: z.number().default(0),
})

/** Whom a list is for: a key, and the chat that it names (BA Client.cpp get_bot_command_scope). */
function scopeOf(parameters: Record<string, unknown>): { key: string; chat: string | null } {
  const value = structure(parameters, 'scope', 'BotCommandScope')
  if (value === undefined) return { key: 'default', chat: null }
  const { data } = scopeShape.safeParse(value)
  if (!data) throw refused('badScope', 'BotCommandScope must be an Object')
  const { type, chat_id: chat, user_id: user } = data
  if (WIDE.includes(type)) return { key: type, chat: null }
  if (!NARROW.includes(type)) throw refused('badScope', 'Unsupported type specified')
  if (chat === '') throw refused('badScope', 'Empty chat_id specified')
  if (type === 'chat_member' && user <= 0) throw refused('badScope', 'Invalid user_id specified')
  return { key: `${type} ${chat} ${user}`, chat }
}
