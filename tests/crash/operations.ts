import type { KeptPost, Fault } from '../../src/sandbox/stand-in.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import type { Db } from '../../src/store/store.ts'

/** A call as faults and requests name it. */
interface Call {
  method: string
  path: string
}

/** Something that is done on a platform for a delivery. */
export interface Operation {
  name: string
  on: readonly PlatformId[]
  calls: Record<PlatformId, Call>
  /** What lets earlier calls of the same sort pass. */
  before(platform: PlatformId): Fault[]
  /** How many such calls came earlier. */
  callsBefore(platform: PlatformId): number
  /** Whether what was kept shows that it was carried out. */
  stands(posts: readonly KeptPost[], platform: PlatformId): boolean
  /** On how many accounts the ledger knows that it was done. */
  stored(db: Db): Promise<number>
  /** The templates of the run, in place of those that ship. */
  template: string
  /** The article has a picture. */
  picture: boolean
  /** What stands before is published first, in peace. */
  changes: 'edit' | 'delete' | null
  /** How many posts stand at the end. */
  posts: number
}

const all: readonly PlatformId[] = ['telegram', 'bluesky', 'mastodon']
const publishing: Record<PlatformId, Call> = {
  telegram: { method: 'POST', path: 'sendMessage' },
  bluesky: { method: 'POST', path: 'putRecord' },
  mastodon: { method: 'POST', path: '/api/v1/statuses' },
}
const plain = `---
card: false
---
{{ title }}

{{ url }}
`
const thread = `---
card: false
---
{{ title }}

{{ url }}
<hr>
La suite est ici.
<hr>
Et voici la fin.
`
const pictured = `---
images: 1
---
{{ title }}

{{ url }}
`
const words = (posts: readonly KeptPost[]) => posts.map(({ wire }) => JSON.stringify(wire))

/** How many parts of all posts the ledger knows to stand. */
async function partsStanding(db: Db, position: number): Promise<number> {
  const rows = await db
    .selectFrom('parts')
    .select('delivery_id')
    .where('position', '=', position)
    .where('syndication', 'is not', null)
    .execute()
  return rows.length
}

const none = { before: () => [], callsBefore: () => 0, picture: false, changes: null } as const

/** Every operation that a delivery needs of a platform; a new one is one entry here. */
export const operations: readonly Operation[] = [
  {
    ...none,
    name: 'publish',
    on: all,
    calls: publishing,
    stands: (posts) => posts.length > 0,
    stored: (db) => partsStanding(db, 0),
    template: plain,
    posts: 1,
  },
  {
    ...none,
    name: 'thread part',
    on: all,
    calls: publishing,
    before: (platform) => [{ kind: 'delay', ...publishing[platform], ms: 0 }],
    callsBefore: () => 1,
    stands: (posts) => posts.length > 1,
    stored: (db) => partsStanding(db, 1),
    template: thread,
    posts: 3,
  },
  {
    ...none,
    name: 'media upload',
    on: ['bluesky', 'mastodon'],
    calls: {
      telegram: { method: 'POST', path: 'sendPhoto' },
      bluesky: { method: 'POST', path: 'uploadBlob' },
      mastodon: { method: 'POST', path: '/api/v2/media' },
    },
    // what an upload leaves behind is seen by nobody: that it came is all there is to know
    stands: () => true,
    stored: async (db) =>
      (await db.selectFrom('pictures').select('number').where('ref', 'is not', null).execute())
        .length,
    template: pictured,
    picture: true,
    posts: 1,
  },
  {
    ...none,
    name: 'edit',
    on: all,
    calls: {
      telegram: { method: 'POST', path: 'editMessageText' },
      bluesky: { method: 'POST', path: 'putRecord' },
      mastodon: { method: 'PUT', path: '/api/v1/statuses/' },
    },
    callsBefore: (platform) => (platform === 'bluesky' ? 1 : 0),
    stands: (posts) => words(posts).some((text) => text.includes('Nouveau titre')),
    stored: async (db) =>
      (
        await db
          .selectFrom('deliveries')
          .select('id')
          .where('change_kind', 'is', null)
          .where('revision', '>', 1)
          .execute()
      ).length,
    template: plain,
    changes: 'edit',
    posts: 1,
  },
  {
    ...none,
    name: 'delete',
    on: all,
    calls: {
      telegram: { method: 'POST', path: 'deleteMessage' },
      bluesky: { method: 'POST', path: 'deleteRecord' },
      mastodon: { method: 'DELETE', path: '/api/v1/statuses/' },
    },
    stands: (posts) => posts.length === 0,
    stored: async (db) =>
      (await db.selectFrom('deliveries').select('id').where('state', '=', 'deleted').execute())
        .length,
    template: plain,
    changes: 'delete',
    posts: 0,
  },
]
