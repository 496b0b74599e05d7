// Calls and time for one round of counts over 500 posts of one account, by platform, and how long a post that falls
// due in its middle waits for the round to stand back. Baseline of the same run: one call after the other, a post each.
//   node bench/counting.ts
import path from 'node:path'
import { countDue } from '../src/engagement/round.ts'
import { platforms } from '../src/platforms/registry.ts'
import { type Newsroom, openNewsroom } from '../tests/support/newsroom.ts'
import { copyPosts, publishedBefore, startKept } from '../tests/support/readers.ts'
import { type Server, temporaryFolder, temporaryServer } from '../tests/support/store.ts'

const POSTS = 500
const SINGLE = 100
const subjects = [
  { platform: 'bluesky', call: '/app.bsky.feed.getPosts', most: 20 },
  {
    platform: 'mastodon',
    call: '/api/v1/statuses',
    most: POSTS / platforms.mastodon.counting.atOnce,
  },
] as const
type Subject = (typeof subjects)[number]

await using server = await temporaryServer()
for (const subject of subjects) await measure(server, subject)

async function measure(ledgers: Server, subject: Subject): Promise<void> {
  const { platform, most } = subject
  await using home = await temporaryFolder()
  const file = path.join(home.folder, 'posts.jsonl')
  const ids = await seeded(ledgers, subject, file)
  await using room = await openNewsroom(ledgers, platform, undefined, {
    standIn: await startKept(platform, file),
  })
  const syndications = ids.map((id) => ({ id, url: null }))
  const single = await oneByOne(room, syndications.slice(0, SINGLE))
  await publishedBefore(room, syndications, 7200)
  const before = asked(room, subject)
  const whole = await wholeRound(room)
  const calls = asked(room, subject) - before
  const name = platform.padEnd(10)
  console.log(
    `${name} ${POSTS} posts: ${calls} calls (at most ${most}), ratio ${(calls / POSTS).toFixed(3)}`,
  )
  console.log(
    `${name} a post takes ${(whole / POSTS).toFixed(2)} ms in a round, ${single.toFixed(2)} ms by itself, ratio ${(whole / POSTS / single).toFixed(2)}`,
  )
  console.log(
    `${name} calls after a post fell due in the middle: ${await inTheMiddle(room, subject)}`,
  )
}

/** A stand-in's file with many posts of its account; answers their ids. */
async function seeded(ledgers: Server, { platform }: Subject, file: string): Promise<string[]> {
  await using room = await openNewsroom(ledgers, platform, undefined, {
    standIn: await startKept(platform, file),
  })
  await room.announce()
  await room.publish()
  const [post] = room.standIn.posts()
  if (post === undefined) throw new Error('nothing was posted')
  return await copyPosts(file, post, POSTS)
}

function asked({ standIn }: Newsroom, { call }: Subject): number {
  return standIn.seen().filter((one) => one.method === 'GET' && one.path.includes(call)).length
}

/** Milliseconds for one post, asked for by itself. */
async function oneByOne(
  { means, account }: Newsroom,
  syndications: readonly { id: string; url: null }[],
): Promise<number> {
  const row = await means.db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', account)
    .executeTakeFirstOrThrow()
  const connection = await means.connections.of(row)
  await connection.check(AbortSignal.timeout(10_000))
  const begun = performance.now()
  for (const one of syndications) await connection.engagement([one], AbortSignal.timeout(10_000))
  return (performance.now() - begun) / syndications.length
}

/** Milliseconds for all that is due; the clock is put forward where the pace is spent. */
async function wholeRound(room: Newsroom): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const { ended } = await countDue(room.means, room.account)
    if (ended === 'done') return performance.now() - begun
    if (ended !== 'pace') throw new Error(`the round ended: ${ended}`)
    room.later(60)
  }
}

/** How many calls the round still makes once a post is due. */
async function inTheMiddle(room: Newsroom, subject: Subject): Promise<number> {
  room.later(3 * 3600)
  const before = asked(room, subject)
  const round = countDue(room.means, room.account)
  while (asked(room, subject) < before + 3) await new Promise(setImmediate)
  await room.announce()
  const due = asked(room, subject)
  await round
  return asked(room, subject) - due
}
