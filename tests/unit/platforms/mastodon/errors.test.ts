import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/mastodon/connection.ts'
import { describeMishaps } from '../mishaps.ts'
import { draft, errorRows, failureOf, now, publication, serve, soon, titleOf } from '../support.ts'

const accessToken = 'crieur-unit-test-access-token'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const connect = (url: string) => open({ url, accessToken }, { clock: () => now, connectMs: 250 })

// a connection neither edits nor deletes yet, and counts elsewhere; rows without an answer are in `describeMishaps`
const absent = new Set(['edit', 'delete', 'count'])
const image = {
  bytes: new Uint8Array([255, 216]),
  mime: 'image/jpeg',
  width: 1,
  height: 1,
  alt: '',
}
const rows = errorRows('mastodon').filter(
  ({ operation, status }) => !absent.has(operation) && status !== undefined,
)

describe('answers of the specification', () => {
  test.for(rows.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const { url, close } = await serve(() => row)
    closing.push(close)
    const connection = await connect(url)
    closing.push(() => connection.close())
    const call =
      row.operation === 'upload'
        ? connection.upload(image, soon())
        : connection.publish(draft, publication, soon())
    const error = await failureOf(call, [accessToken])
    expect([error.kind, error.done]).toEqual([row.kind, row.done ?? false])
    const reset = row.headers?.['x-ratelimit-reset']
    expect(error.retryAt).toEqual(reset === undefined ? null : new Date(reset))
  })
})

describeMishaps({ connect, secrets: [accessToken] })
