import { afterEach, expect, test } from 'vitest'
import { agathe, call, closeAll, start } from './telegram-support.ts'

afterEach(closeAll)

const queue = { command: 'queue', description: 'What goes out next' }

test('commands stand by scope and language, and can be taken back', async () => {
  const { standIn, bot } = await start()
  const attente = { command: 'queue', description: 'Ce qui part ensuite' }
  await bot.setMyCommands([queue])
  await bot.setMyCommands([attente], { language_code: 'fr' })
  standIn.say({ user: agathe, text: '/start' })
  const scope = { type: 'chat', chat_id: agathe.id } as const
  await bot.setMyCommands([{ command: '/help', description: ' Aide ' }], { scope })
  expect(await bot.getMyCommands()).toEqual([queue])
  expect(await bot.getMyCommands({ language_code: 'fr' })).toEqual([attente])
  expect(await bot.getMyCommands({ language_code: 'de' })).toEqual([])
  expect(await bot.getMyCommands({ scope })).toEqual([{ command: 'help', description: 'Aide' }])
  await bot.deleteMyCommands({ language_code: 'fr' })
  expect(await bot.getMyCommands({ language_code: 'fr' })).toEqual([])
})

const named = (command: string, description = 'a') => ({ commands: [{ command, description }] })

test.each<[string, object, string]>([
  ['no list', { commands: { queue: 1 } }, 'expected an Array of BotCommand'],
  ['half JSON', { commands: '[' }, "can't parse commands JSON object"],
  ['no command', { commands: ['queue'] }, "can't parse BotCommand: expected an Object"],
  [
    'no description',
    { commands: [{ command: 'queue' }] },
    `can't parse BotCommand: Can't find field "description"`,
  ],
  ['an empty name', named('/'), 'command must be non-empty'],
  ['a long name', named('a'.repeat(33)), 'command length must not exceed 32'],
  ['an empty description', named('a', ' '), 'command description must be non-empty'],
  [
    'a long description',
    named('a', 'é'.repeat(257)),
    'command description length must not exceed 256',
  ],
  ['capitals', named('Queue'), 'BOT_COMMAND_INVALID'],
  ['accents', named('état'), 'BOT_COMMAND_INVALID'],
  ['too many', { commands: Array.from({ length: 101 }, () => queue) }, 'BOT_COMMANDS_TOO_MUCH'],
  [
    'a language of three letters',
    { commands: [queue], language_code: 'fra' },
    'invalid language code specified',
  ],
  [
    'an unknown scope',
    { commands: [queue], scope: { type: 'moon' } },
    "can't parse BotCommandScope: Unsupported type specified",
  ],
  [
    'the scope of a chat that nobody began',
    { commands: [queue], scope: { type: 'chat', chat_id: 5 } },
    'chat not found',
  ],
])('%s: refused', async (_what, parameters, said) => {
  const { standIn } = await start()
  expect(await call(standIn, 'setMyCommands', parameters)).toMatchObject({
    status: 400,
    said: `Bad Request: ${said}`,
  })
})
