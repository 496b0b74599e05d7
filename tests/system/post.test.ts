import { expect, test } from 'vitest'
import { startSite } from '../../src/sandbox/site.ts'
import { threePlatforms } from '../support/accounts.ts'
import { crieur } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'

interface Posted {
  id: string
  title: string
  deliveries: { account: string; state: string; url: string | null; warnings: unknown[] }[]
}

test('an article goes out on three accounts without a start; a second time nothing new', async () => {
  await using platforms = await threePlatforms()
  await using home = await temporaryFolder()
  const site = await startSite({ port: 0 })
  const env = { ...platforms.env, DATA_DIR: home.folder, ALLOW_PRIVATE_SOURCES: 'true' }
  const url = `${site.url}/?p=29`

  const first = await crieur(['post', url, '--wait', '--json'], env).ended
  expect(first.stderr).not.toMatch(/error|sandbox-token|sand-boxo/)
  const posted: Posted = JSON.parse(first.stdout)
  expect(posted.deliveries.map(({ account, state }) => [account, state])).toEqual([
    ['telegram', 'published'],
    ['bluesky', 'published'],
    ['mastodon', 'published'],
  ])
  const posts = await Promise.all([
    platforms.telegram.posts(),
    platforms.bluesky.posts(),
    platforms.mastodon.posts(),
  ])
  expect(posted.deliveries.map((delivery) => delivery.url)).toEqual(
    posts.map(([post]) => post?.url),
  )
  expect(first.code).toBe(0)

  const second = await crieur(['post', url, '--wait', '--json'], env).ended
  const again: Posted = JSON.parse(second.stdout)
  expect(second.code).toBe(0)
  expect(again).toMatchObject({
    id: posted.id,
    deliveries: posted.deliveries.map(({ url: at }) => ({ url: at })),
  })
  expect(await platforms.telegram.posts()).toHaveLength(1)
  expect(await platforms.bluesky.posts()).toHaveLength(1)
  expect(await platforms.mastodon.posts()).toHaveLength(1)
  await site.close()
})
