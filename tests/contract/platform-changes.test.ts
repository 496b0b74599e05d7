import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Connection, Publication, Upload } from '../../src/platforms/platform.ts'
import { platforms } from '../../src/platforms/registry.ts'
import type { Part } from '../../src/posts/post.ts'
import type { StandIn } from '../../src/sandbox/stand-in.ts'
import { happens } from '../support/readers.ts'
import { part, subjects } from '../unit/platforms/subjects.ts'
import { failureOf, memoryVault, soon } from '../unit/platforms/support.ts'

const link = { text: 'lire', link: 'https://belle-ecluse.example/2026/fete/?a=1&b=2' }
const told: Part = { ...part, segments: [{ text: 'La fanfare joue dimanche\n\n' }, link] }
const mended: Part = { ...part, segments: [{ text: 'La fanfare 🎺 joue samedi\n\n' }, link] }
const photo = { url: 'https://belle-ecluse.example/pont.jpg', alt: 'Le pont' }

/** What an edit leaves alone, by each platform's own name. */
const STAYING = [
  ...['reply', 'embed', 'createdAt', 'in_reply_to_id', 'visibility', 'reply_parameters'],
  'link_preview_options',
]
const wire = z.record(z.string(), z.unknown())
const stayingOf = (sent: unknown) =>
  Object.fromEntries(Object.entries(wire.parse(sent)).filter(([name]) => STAYING.includes(name)))

let upload: Upload
beforeAll(async () => {
  const create = { width: 80, height: 40, channels: 3, background: '#336699' } as const
  const bytes = await sharp({ create }).jpeg().toBuffer()
  upload = { bytes, mime: 'image/jpeg', width: 80, height: 40, alt: 'Le pont' }
})

describe.for(Object.values(platforms).map((platform) => [platform.id, platform] as const))(
  '%s',
  ([id, platform]) => {
    const subject = subjects[id]
    const limits = { ...platform.limits, images: 1 }
    let standIn: StandIn
    let connection: Connection
    beforeEach(async () => {
      standIn = await subject.start()
      connection = await platform.connect(subject.credentials(standIn.url), memoryVault())
    })
    afterEach(async () => {
      await connection.close()
      await standIn.close()
    })

    const draftOf = (own: Part) => platform.render(own, limits)
    const publicationOf = (more: Partial<Publication> = {}): Publication => ({
      key: platform.newKey(new Date(), Math.random),
      createdAt: new Date(),
      replyTo: null,
      media: [],
      ...more,
    })
    /** Publishes a part; what an edit needs of it. */
    async function published(own: Part = told, more: Partial<Publication> = {}) {
      const publication = publicationOf(more)
      const syndication = await connection.publish(draftOf(own), publication, soon())
      const edit = (other: Part, known = syndication) =>
        connection.edit(known, draftOf(other), publication, soon())
      return { publication, syndication, edit }
    }
    const shown = () => JSON.stringify(standIn.posts().map(({ wire }) => wire))
    const edits = () => standIn.posts().map((post) => post.edits)
    const lost = (kind: 'drop-before' | 'drop-after', path: string, times = 1) =>
      standIn.fault({ kind, path, times })

    describe('an edit', () => {
      test('said twice is one change of the same post', async () => {
        const { edit, syndication } = await published()
        const edited = await edit(mended)
        expect(edited).toMatchObject({ id: syndication.id, url: syndication.url })
        expect(await edit(mended)).toEqual(edited)
        expect(await edit(mended, edited)).toEqual(edited)
        expect(edits()).toEqual([1])
        expect(shown()).toContain('joue samedi')
      })

      test('goes on from what the one before has answered', async () => {
        const { edit } = await published()
        await edit(told, await edit(mended))
        expect(edits()).toEqual([2])
        expect(shown()).toContain('joue dimanche')
      })

      test('keeps the card, and the post that it answers', async () => {
        const { syndication: root } = await published()
        const { edit } = await published(told, { replyTo: { root, parent: root } })
        const [, before] = standIn.posts()
        await edit(mended)
        const [, after] = standIn.posts()
        expect(stayingOf(after?.wire)).toEqual(stayingOf(before?.wire))
      })

      test('keeps the picture', async () => {
        const own = { ...mended, images: [photo] }
        const ref = platform.pictures.uploads ? await connection.upload(upload, soon()) : null
        const media = [ref === null ? upload : { ...upload, ref }]
        const { edit, syndication } = await published({ ...told, images: [photo] }, { media })
        const [before] = standIn.posts()
        const { cid: _, ...same } = syndication
        expect(await edit(own)).toMatchObject(same)
        expect(standIn.posts()).toMatchObject([{ edits: 1, pictures: before?.pictures }])
        expect(before?.pictures).toHaveLength(1)
        expect(shown()).toContain('joue samedi')
      })

      test.for(['drop-before', 'drop-after'] as const)(
        'whose answer was lost (%s) may be said again',
        async (kind) => {
          const { edit } = await published()
          lost(kind, subject.editing)
          expect((await failureOf(edit(mended), [])).kind).toBe('unavailable')
          await edit(mended)
          expect(edits()).toEqual([1])
        },
      )

      test('of what somebody deleted says so, and brings nothing back', async () => {
        const { edit, syndication } = await published()
        await happens(standIn, 'remove', { id: syndication.id })
        expect(await failureOf(edit(mended), [])).toMatchObject({ kind: 'rejected', gone: true })
        expect([standIn.posts().length, standIn.removed().length]).toEqual([0, 1])
      })

      test('that is too long is refused, and what stands stands', async () => {
        const { publication, syndication } = await published()
        const long = { ...draftOf(mended), text: 'mot '.repeat(1500), facets: [] }
        const call = connection.edit(syndication, long, publication, soon())
        expect(await failureOf(call, [])).toMatchObject({ kind: 'rejected', gone: false })
        expect(edits()).toEqual([0])
      })
    })

    describe('taking down', () => {
      test('what stands, twice', async () => {
        const { syndication } = await published()
        await published(mended)
        await connection.remove(syndication, soon())
        await connection.remove(syndication, soon())
        expect(standIn.removed().map((post) => post.id)).toEqual([syndication.id])
        expect(shown()).toContain('joue samedi')
      })

      test('what somebody deleted by hand is done', async () => {
        const { syndication } = await published()
        await happens(standIn, 'remove', { id: syndication.id })
        await connection.remove(syndication, soon())
        expect(standIn.posts()).toEqual([])
      })

      test.for(['drop-before', 'drop-after'] as const)(
        'whose answer was lost (%s) may be said again',
        async (kind) => {
          const { syndication } = await published()
          lost(kind, subject.removing)
          const call = connection.remove(syndication, soon())
          expect((await failureOf(call, [])).kind).toBe('unavailable')
          await connection.remove(syndication, soon())
          expect(standIn.posts()).toEqual([])
        },
      )
    })

    describe('looking for it', () => {
      const since = () => new Date(Date.now() - 1000)
      const look = (own: Part, key?: string) =>
        connection.find(draftOf(own), since(), soon(), key ?? publicationOf().key)

      test('the same words with another link are not ours', async () => {
        const { publication } = await published()
        const link = { text: 'lire', link: 'https://belle-ecluse.example/2026/autre/' }
        const other = { ...told, segments: [{ text: 'La fanfare joue dimanche\n\n' }, link] }
        expect(await look(other)).toBe('absent')
        expect(await look(told, publication.key)).toMatchObject({ url: standIn.posts()[0]?.url })
      })

      test('the same link with other words is not ours', async () => {
        await published()
        expect(await look(mended)).toBe('absent')
      })

      test('what was taken down is absent', async () => {
        const { publication, syndication } = await published()
        await connection.remove(syndication, soon())
        expect(await look(told, publication.key)).toBe('absent')
      })

      test('what is found can be edited and taken down', async () => {
        const { publication, edit } = await published()
        const found = await look(told, publication.key)
        if (typeof found === 'string') throw new Error(found)
        const edited = await edit(mended, found)
        await connection.remove(edited, soon())
        expect(standIn.removed()).toMatchObject([{ edits: 1 }])
      })
    })

    test('says how many posts may still go out, where the platform does', async () => {
      expect(connection.allowance()).toBeNull()
      const { edit } = await published()
      const first = connection.allowance()
      await edit(mended)
      const second = connection.allowance()
      const said = { telegram: null, bluesky: [2499, 2498], mastodon: [299, 298] }[id]
      expect(first && second ? [first.remaining, second.remaining] : null).toEqual(said)
      for (const one of first ? [first] : []) {
        expect(one.limit).toBe(id === 'bluesky' ? 2500 : 300)
        expect(one.resetsAt.getTime()).toBeGreaterThan(Date.now())
      }
    })
  },
)
