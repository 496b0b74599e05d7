import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openBotApi } from '../../../../src/platforms/telegram/api.ts'
import { open } from '../../../../src/platforms/telegram/connection.ts'
import type { Connection } from '../../../../src/platforms/platform.ts'
import { describeMishaps } from '../mishaps.ts'
import {
  draft,
  endOf,
  errorRows,
  expectedEnd,
  failureOf,
  type Handler,
  now,
  publication,
  serve,
  soon,
  titleOf,
} from '../support.ts'

const botToken = '123456789:AAF-crieur-unit-test-token-0000000'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const connect = (apiRoot: string) =>
  open(
    { botToken, channel: '@square', apiRoot, previewRoot: apiRoot, admins: [] },
    { clock: () => now, connectMs: 250 },
  )

async function connectToServer(handler: Handler) {
  const { url, close } = await serve(handler)
  closing.push(close)
  return connect(url)
}

/** The bot's own question, by the same client. */
async function updates(handler: Handler) {
  const { url, close } = await serve(handler)
  closing.push(close)
  const own = { botToken, channel: '@square', apiRoot: url, previewRoot: url, admins: [] }
  const api = await openBotApi(own, { clock: () => now, connectMs: 250, onThrown: () => {} })
  return api.call('getUpdates', {}, z.unknown(), { operation: 'other', signal: soon() })
}

async function publishing(handler: Handler) {
  const connection = await connectToServer(handler)
  return failureOf(connection.publish(draft, publication, soon()), [botToken])
}

const syndication = { id: '41', url: 'https://t.me/square/41' }

/** How each operation of the specification reaches the platform; all others publish. */
const reach: Record<string, (connection: Connection) => Promise<unknown>> = {
  edit: (connection) => connection.edit(syndication, draft, publication, soon()),
  delete: (connection) => connection.remove(syndication, soon()),
}

const rows = errorRows('telegram')
const answered = rows.filter(({ status }) => status !== undefined)

describe('answers of the specification', () => {
  test.for(answered.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const handler = () => row
    const call =
      row.operation === 'getUpdates'
        ? updates(handler)
        : connectToServer(handler).then(
            reach[row.operation] ??
              ((connection) => connection.publish(draft, publication, soon())),
          )
    expect(await endOf(call, row, [botToken])).toBe(expectedEnd(row))
  })
})

test('an edit of what is gone says so; of what may not be edited it does not', async () => {
  const goneness = answered
    .filter(({ operation, kind, done }) => operation === 'edit' && kind === 'rejected' && !done)
    .map(async (row) => {
      const connection = await connectToServer(() => row)
      const call = connection.edit(syndication, draft, publication, soon())
      const { gone, reason } = await failureOf(call, [botToken])
      return `${gone} ${reason}`
    })
  expect((await Promise.all(goneness)).filter((one) => one.startsWith('true'))).toEqual([
    'true Bad Request: message to edit not found',
  ])
})

test('what is too old to be deleted says why', async () => {
  const row = answered.find(({ body }) => JSON.stringify(body).includes("can't be deleted"))
  const connection = await connectToServer(() => ({ ...row }))
  const error = await failureOf(connection.remove(syndication, soon()), [botToken])
  expect(error.reason).toContain('a bot can delete only what is younger than 48 hours')
})

test('a wait in the body becomes a moment', async () => {
  const error = await publishing(() => ({ ...answered.find(({ status }) => status === 429) }))
  expect(error.retryAt).toEqual(new Date(now.getTime() + 38_000))
  expect(error.reason).toBe('Too Many Requests: retry after 38')
})

test('where a group moved, the next call goes there', async () => {
  const chats: unknown[] = []
  const connection = await connectToServer(({ body }) => {
    chats.push(z.object({ chat_id: z.unknown() }).parse(body).chat_id)
    if (chats.length > 1)
      return { body: { ok: true, result: { message_id: 7, chat: { id: -1009, type: 'channel' } } } }
    const description = 'Bad Request: group chat was upgraded to a supergroup chat'
    const parameters = { migrate_to_chat_id: -1009 }
    return { status: 400, body: { ok: false, error_code: 400, description, parameters } }
  })
  await failureOf(connection.publish(draft, publication, soon()), [botToken])
  const { id } = await connection.publish(draft, publication, soon())
  expect([chats, id]).toEqual([['@square', -1009], '7'])
})

describeMishaps({
  connect,
  secrets: [botToken],
  syndication,
  silences: rows.filter(({ status }) => status === undefined),
})
