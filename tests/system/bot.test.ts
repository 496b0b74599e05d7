import { expect, test } from 'vitest'
import { z } from 'zod'
import { telegram } from '../../src/sandbox/telegram.ts'
import { openStore } from '../../src/store/store.ts'
import { crieur, standIn, type StandInProcess } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'

const bert = { id: 234567, first_name: 'Bert', language_code: 'en' }
const chats = z.array(
  z.object({ messages: z.array(z.object({ by: z.string(), text: z.string() })) }),
)

async function say({ url }: StandInProcess, text: string): Promise<void> {
  const order = { method: 'POST', body: JSON.stringify({ user: bert, text }) }
  expect((await fetch(`${url}/_/say`, order)).status).toBe(200)
}

/** What the bot has said, by how each message begins. */
async function said({ url }: StandInProcess): Promise<string[]> {
  const told = chats.parse(await (await fetch(`${url}/_/chats`)).json())
  const messages = told.flatMap((chat) => chat.messages)
  return messages.filter(({ by }) => by === 'bot').map(({ text }) => text.slice(0, 13))
}

test('two processes answer once; when the one that listens is killed, the other answers within 30 seconds', async () => {
  await using platform = await standIn('telegram')
  await using home = await temporaryFolder()
  const env = {
    TELEGRAM_BOT_TOKEN: telegram.botToken,
    TELEGRAM_CHANNEL: telegram.channel,
    TELEGRAM_API_ROOT: platform.url,
    TELEGRAM_ADMINS: String(bert.id),
    DATA_DIR: home.folder,
  }
  await using first = crieur(['start', '--only', 'bot'], env)
  await first.says(/bot listens/, 'stderr')
  await using second = crieur(['start', '--only', 'bot'], env)
  await second.says(/\n/)
  await say(platform, '/help')
  await expect.poll(() => said(platform), { timeout: 20_000 }).toEqual(['I announce yo'])
  // killed between its answer and the note of it, it would rightly answer again
  const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
  const noted = () => store.db.selectFrom('bot_updates').select('update_id').execute()
  await expect.poll(noted, { timeout: 20_000 }).toHaveLength(1)
  await store.close()
  const killed = performance.now()
  first.kill('SIGKILL')
  await say(platform, '/queue')
  const both = ['I announce yo', 'Goes out next']
  await expect.poll(() => said(platform), { timeout: 40_000 }).toEqual(both)
  expect(performance.now() - killed).toBeLessThan(30_000)
  second.kill('SIGTERM')
  const { code, stderr } = await second.ended
  expect(code).toBe(0)
  expect(stderr).toMatch(/bot listens/)
  expect(await said(platform)).toEqual(both)
}, 120_000)
