import { Telegraf } from 'telegraf'
import { afterEach, expect, test } from 'vitest'
import { telegram } from '../../../src/sandbox/telegram.ts'
import { agathe, closeAll, start } from './telegram-support.ts'

afterEach(closeAll)

test('telegraf holds a conversation: a command, a card, a press, the card changed in place', async () => {
  const { standIn } = await start()
  const bot = new Telegraf(telegram.botToken, { telegram: { apiRoot: standIn.url } })
  bot.command('queue', (context) =>
    context.reply('Publier ?', {
      reply_markup: { inline_keyboard: [[{ text: 'Oui', callback_data: 'y:a12' }]] },
    }),
  )
  bot.action(/^y:/, async (context) => {
    await context.answerCbQuery('Publié')
    await context.editMessageText(`Publié par ${context.from.first_name}`)
  })
  const heard: unknown[] = []
  bot.on('message_reaction_count', ({ messageReactionCount }) => {
    heard.push(messageReactionCount.reactions)
  })
  const running = bot.launch({
    allowedUpdates: ['message', 'callback_query', 'message_reaction_count'],
  })
  const polls = () => standIn.seen().filter(({ path }) => path.endsWith('getUpdates')).length
  await expect.poll(polls).toBe(1)

  standIn.say({ user: agathe, text: '/queue' })
  const card = () => standIn.chats()[0]?.messages[1]
  await expect.poll(() => card()?.text).toBe('Publier ?')
  standIn.press({ user: agathe, message_id: card()?.message_id ?? 0, data: 'y:a12' })
  await expect.poll(() => card()?.text).toBe('Publié par Agathe')
  expect(card()).toMatchObject({ buttons: [], edits: 1 })
  expect(standIn.answers()).toMatchObject([{ text: 'Publié', user: agathe.id }])

  const { message_id: id } = await bot.telegram.sendMessage(telegram.channel, 'Bonjour')
  standIn.react({ id, reactions: [{ emoji: '🔥', count: 4 }] })
  await expect
    .poll(() => heard)
    .toEqual([[{ type: { type: 'emoji', emoji: '🔥' }, total_count: 4 }]])

  bot.stop()
  await running
})

test('what comes while a reader has gone away waits for the next one', async () => {
  const { standIn, bot } = await start()
  const gone = new AbortController()
  const poll = (signal?: AbortSignal) =>
    fetch(`${standIn.url}/bot${telegram.botToken}/getUpdates?timeout=50`, {
      signal: signal ?? null,
    })
  const first = poll(gone.signal).catch(() => 'gone')
  await expect.poll(() => standIn.seen().length).toBe(1)
  gone.abort()
  expect(await first).toBe('gone')
  standIn.say({ user: agathe, text: 'Bonjour' })
  expect(await (await poll()).json()).toMatchObject({ result: [{ message: { text: 'Bonjour' } }] })
  expect(await bot.getWebhookInfo()).toMatchObject({ pending_update_count: 1 })
})
