import { afterAll, beforeAll, expect, test } from 'vitest'
import { overview } from '../../src/deliveries/overview.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const tells: Record<PlatformId, boolean> = { telegram: false, bluesky: true, mastodon: true }

test.each(Object.entries(tells))(
  'what %s says of how much it still takes is told until that is over (%s)',
  async (id, says) => {
    const platform = id === 'telegram' ? id : id === 'bluesky' ? id : 'mastodon'
    await using room = await openNewsroom(server, platform)
    await room.announce()
    await room.publish()
    const { accounts } = await overview(room.store.db, room.means.clock())
    const [account] = accounts
    expect(account?.lastSuccessAt).not.toBeNull()
    if (!says) return expect(account?.allowance).toBeNull()
    const { limit = 0, remaining = 0 } = account?.allowance ?? {}
    expect(remaining).toBeGreaterThan(0)
    expect(remaining).toBeLessThan(limit)
    const later = new Date(room.means.clock().getTime() + 48 * 3_600_000)
    expect((await overview(room.store.db, later)).accounts[0]?.allowance).toBeNull()
  },
)
