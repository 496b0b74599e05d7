import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { open } from '../../../../src/platforms/telegram/connection.ts'
import { describeMishaps } from '../mishaps.ts'
import {
  draft,
  errorRows,
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
    { botToken, channel: '@square', apiRoot, previewRoot: 'https://t.me/', admins: [] },
    { clock: () => now, connectMs: 250 },
  )

async function connectToServer(handler: Handler) {
  const { url, close } = await serve(handler)
  closing.push(close)
  return connect(url)
}

async function publishing(handler: Handler) {
  const connection = await connectToServer(handler)
  return failureOf(connection.publish(draft, publication, soon()), [botToken])
}

// a connection neither edits, deletes nor reads updates yet; rows without an answer are in `describeMishaps`
const absent = new Set(['edit', 'delete', 'getUpdates'])
const rows = errorRows('telegram').filter(
  ({ operation, status }) => !absent.has(operation) && status !== undefined,
)

describe('answers of the specification', () => {
  test.for(rows.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const error = await publishing(() => row)
    expect([error.kind, error.done]).toEqual([row.kind, row.done ?? false])
  })
})

test('a wait in the body becomes a moment', async () => {
  const error = await publishing(() => ({ ...rows.find(({ status }) => status === 429) }))
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

describeMishaps({ connect, secrets: [botToken] })
