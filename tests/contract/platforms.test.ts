import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Draft, Manner, Part } from '../../src/posts/post.ts'
import type { Connection, Publication } from '../../src/platforms/platform.ts'
import { platforms } from '../../src/platforms/registry.ts'
import type { StandIn } from '../../src/sandbox/stand-in.ts'
import { part, picture, subjects } from '../unit/platforms/subjects.ts'
import { failureOf, memoryVault } from '../unit/platforms/support.ts'
import { png } from '../unit/sandbox/pictures.ts'

const record = z.record(z.string(), z.unknown())
const deadline = () => AbortSignal.timeout(20_000)
const before = () => new Date(Date.now() - 1000)

describe.for(Object.values(platforms).map((platform) => [platform.id, platform] as const))(
  '%s',
  ([id, platform]) => {
    const subject = subjects[id]
    const secrets = Object.values(subject.wrong)
    let standIn: StandIn
    const closing: (() => Promise<void>)[] = []
    beforeEach(async () => {
      standIn = await subject.start()
    })
    afterEach(async () => {
      await Promise.all(closing.splice(0).map((close) => close()))
      await standIn.close()
    })

    async function connect(change: Record<string, string> = {}, vault = memoryVault()) {
      const credentials = { ...subject.credentials(standIn.url), ...change }
      const connection = await platform.connect(credentials, vault)
      closing.push(() => connection.close())
      return connection
    }
    const draftOf = (own: Part) => platform.render(own, platform.limits)
    const publicationOf = (more: Partial<Publication> = {}): Publication => ({
      key: platform.newKey(new Date(), Math.random),
      createdAt: new Date(),
      replyTo: null,
      media: [],
      ...more,
    })
    const publish = (connection: Connection, publication: Publication, draft = draftOf(part)) =>
      connection.publish(draft, publication, deadline())

    /** How often the publishing call has arrived. */
    const calls = () =>
      standIn
        .seen()
        .filter(({ method, path }) => method === 'POST' && path.includes(subject.publishing)).length

    test('says who the account is and what it may write', async () => {
      const connection = await connect()
      const standing = await connection.check(deadline())
      expect(standing).toEqual(await connection.check(deadline()))
      expect(standing.limits).toMatchObject(platform.limits)
      expect(standing.identity).not.toBe('')
      expect(standing.title).toMatch(/^@/)
    })

    test('publishes what was rendered, and tells where it stands', async () => {
      const syndication = await publish(await connect(), publicationOf())
      const [post] = standIn.posts()
      expect(standIn.posts()).toHaveLength(1)
      expect(syndication).toMatchObject({ id: post?.id, url: post?.url })
      expect(JSON.stringify(post?.wire)).toContain(JSON.stringify(draftOf(part).text))
      expect(JSON.parse(JSON.stringify(syndication))).toEqual(syndication)
    })

    test('publishes after a check too', async () => {
      const connection = await connect()
      await connection.check(deadline())
      await publish(connection, publicationOf())
      expect(standIn.posts()).toHaveLength(1)
    })

    // Telegram has no keys: it is never sent the same again before somebody looked
    const repeatable = id === 'telegram' ? [] : [platform.replay.by]
    test.for(repeatable)('the same key again is the same post', async () => {
      const publication = publicationOf()
      const first = await publish(await connect(), publication)
      const second = await publish(await connect(), publication)
      expect(second).toEqual(first)
      expect(standIn.posts().map(({ requests }) => requests)).toEqual([2])
    })

    test('a further part answers the one before', async () => {
      const connection = await connect()
      const root = await publish(connection, publicationOf())
      const replyTo = { root, parent: root }
      await publish(connection, publicationOf({ replyTo }), draftOf({ ...part, card: null }))
      const [, second] = standIn.posts()
      expect(JSON.stringify(second?.wire)).toContain(root.id)
    })

    test('a wrong secret is the account’s trouble, and is shown to nobody', async () => {
      const connection = await connect(subject.wrong)
      const kinds = [
        (await failureOf(connection.check(deadline()), secrets)).kind,
        (await failureOf(publish(connection, publicationOf()), secrets)).kind,
      ]
      expect(kinds).toEqual(['unauthorized', 'unauthorized'])
      expect(standIn.posts()).toEqual([])
    })

    test('a text that is too long is refused for good', async () => {
      const long: Draft = { ...draftOf(part), text: 'mot '.repeat(1500), facets: [] }
      const error = await failureOf(publish(await connect(), publicationOf(), long), secrets)
      expect([error.kind, standIn.posts()]).toEqual(['rejected', []])
    })

    test.for([
      ['before anything was carried out', { kind: 'drop-before' }, false],
      ['after it was carried out', { kind: 'drop-after' }, true],
      ['in the middle of the answer', { kind: 'cut-answer' }, true],
    ] as const)('a connection cut %s leaves it uncertain', async ([, fault, stands]) => {
      const connection = await connect()
      await connection.check(deadline())
      standIn.fault({ ...fault, path: subject.publishing, method: 'POST' })
      const publication = publicationOf()
      const since = before()
      const error = await failureOf(publish(connection, publication), secrets)
      expect([error.kind, standIn.posts().length]).toEqual(['uncertain', stands ? 1 : 0])
      expect(calls()).toBe(1)
      const found = await connection.find(draftOf(part), since, deadline(), publication.key)
      const [post] = standIn.posts()
      const expected = stands ? { id: post?.id, url: post?.url } : 'absent'
      expect(typeof found === 'string' ? found : { id: found.id, url: found.url }).toEqual(expected)
    })

    test('a call is made once, whatever becomes of it', async () => {
      const connection = await connect()
      await connection.check(deadline())
      standIn.fault({ kind: 'answer', path: subject.publishing, status: 503, body: '<html>' })
      await failureOf(publish(connection, publicationOf()), secrets)
      expect(calls()).toBe(1)
    })

    test('another post is not found in place of ours', async () => {
      const connection = await connect()
      const since = before()
      await publish(connection, publicationOf())
      const other = draftOf({ ...part, segments: [{ text: 'Un autre avis' }], card: null })
      const found = await connection.find(other, since, deadline(), publicationOf().key)
      expect(found).toBe('absent')
    })

    test('a wait that the platform asks for becomes a moment', async () => {
      const connection = await connect()
      await connection.check(deadline())
      const headers = { 'retry-after': '60' }
      standIn.fault({ kind: 'answer', path: subject.publishing, status: 429, headers, body: '{}' })
      const error = await failureOf(publish(connection, publicationOf()), secrets)
      const wait = (error.retryAt?.getTime() ?? 0) - Date.now()
      expect(error.kind).toBe('rate-limited')
      expect(Math.abs(wait - 60_000)).toBeLessThan(5000)
    })

    test('closed, it holds no socket', async () => {
      const sockets = () =>
        process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
      const idle = sockets()
      const connection = await connect()
      await publish(connection, publicationOf())
      await connection.close()
      await expect.poll(sockets).toBe(idle)
    })

    const pictures = platform.pictures.card === null ? [] : ['image/jpeg']
    test.for(pictures)('a card carries its picture', async (mime) => {
      const connection = await connect()
      const jpeg = Buffer.from(
        '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
        'base64',
      )
      const image = { bytes: jpeg, mime, width: 1, height: 1, alt: '' }
      const ref = await connection.upload(image, deadline())
      expect(await connection.upload(image, deadline())).toEqual(ref)
      await publish(connection, publicationOf({ media: [{ ...image, ref }] }))
      expect(JSON.stringify(standIn.posts()[0]?.wire)).toContain(JSON.stringify(ref))
    })

    const images = ['Le pont', 'La fanfare sur le pont'].map((alt) => {
      return { url: 'https://belle-ecluse.example/pont.png', alt }
    })
    const illustrated: Part = { ...part, images }
    /** The draft's pictures as it wants them: uploaded and waited for, or with their bytes. */
    async function mediaOf(connection: Connection, draft: Draft) {
      const media: Publication['media'][number][] = []
      for (const { alt } of draft.images) {
        const upload = { ...picture, alt: alt ?? '' }
        const ref = platform.pictures.uploads ? await connection.upload(upload, deadline()) : null
        if (ref !== null) await connection.processed(ref, deadline())
        media.push(ref === null ? upload : { ...upload, ref })
      }
      return media
    }

    test('pictures arrive in their order, with what they show where that is told', async () => {
      const connection = await connect()
      const draft = draftOf(illustrated)
      const media = await mediaOf(connection, draft)
      const since = before()
      const publication = publicationOf({ media })
      const syndication = await publish(connection, publication, draft)
      const alts = id === 'telegram' ? [null] : images.map(({ alt }) => alt)
      const about = { mime: 'image/png', width: 800, height: 600, bytes: 200 }
      expect(standIn.posts().map(({ pictures }) => pictures)).toEqual([
        alts.map((alt) => ({ ...about, alt })),
      ])
      const found = await connection.find(draft, since, deadline(), publication.key)
      expect(found).toMatchObject({ id: syndication.id })
    })

    test('a picture that could not be had leaves the card', async () => {
      await publish(await connect(), publicationOf(), draftOf(illustrated))
      expect(standIn.posts()).toMatchObject([{ pictures: [] }])
      const kept = JSON.stringify(standIn.posts()[0]?.wire).includes(`"${part.card?.url}"`)
      expect(kept).toBe(id !== 'mastodon')
    })

    test('a picture that the platform refuses is refused for that alone', async () => {
      const connection = await connect()
      const vast = { ...picture, bytes: png(30_000, 30_000, 6_000_000) }
      const call = platform.pictures.uploads
        ? connection.upload(vast, deadline())
        : publish(connection, publicationOf({ media: [vast] }), draftOf(illustrated))
      const error = await failureOf(call, secrets)
      expect([error.kind, error.culprit]).toEqual(['rejected', 'pictures'])
      expect(standIn.posts()).toEqual([])
    })

    test('a lost answer to a post with a picture is uncertain too', async () => {
      const connection = await connect()
      const draft = draftOf(illustrated)
      const publication = publicationOf({ media: await mediaOf(connection, draft) })
      standIn.fault({ kind: 'drop-after', path: subject.withPicture, method: 'POST' })
      const error = await failureOf(publish(connection, publication, draft), secrets)
      expect([error.kind, standIn.posts().length]).toEqual(['uncertain', 1])
    })

    test('only whom the template means is named', async () => {
      const connection = await connect()
      const stranger = subject.townHall
      const own = { ...part, segments: [{ text: `Dit ${stranger} : la fanfare 🎺` }], card: null }
      await publish(connection, publicationOf(), draftOf(own))
      expect(await subject.named(standIn)).toEqual([])
      const meant = { text: stranger, mention: stranger }
      const draft = await connection.resolve(
        draftOf({ ...own, segments: [{ text: '🎺 Avec @qui.que.ce.soit, ' }, meant] }),
        deadline(),
      )
      await publish(connection, publicationOf(), draft)
      expect(draft.warnings).toEqual([])
      expect(await subject.named(standIn)).toEqual([stranger])
    })

    test('what it has of a manner arrives', async () => {
      const connection = await connect()
      const contentWarning = platform.manners.includes('contentWarning') ? 'Fanfare' : null
      const manner: Manner = { visibility: 'unlisted', contentWarning, silent: true }
      const draft = draftOf({ ...illustrated, manner })
      const publication = publicationOf({ media: await mediaOf(connection, draft) })
      await publish(connection, publication, draft)
      await publish(connection, publicationOf(), draftOf(part))
      const [post, ordinaryPost] = standIn.posts()
      const wire = Object.entries(record.parse(post?.wire)).filter(
        ([name]) => name in subject.manner,
      )
      const read = (value: unknown) => (value === 'true' ? true : value)
      expect(Object.fromEntries(wire.map(([name, value]) => [name, read(value)]))).toEqual(
        subject.manner,
      )
      expect(ordinaryPost?.wire).not.toMatchObject(
        Object.keys(subject.manner).length === 0 ? { nothing: true } : subject.manner,
      )
    })

    test('logs in at most once for all connections of an account', async () => {
      const vault = memoryVault()
      for (const connection of [await connect({}, vault), await connect({}, vault)])
        await publish(connection, publicationOf())
      const logins = standIn.seen().filter(({ path }) => path.includes('createSession'))
      expect(standIn.posts()).toHaveLength(2)
      expect(logins.length).toBe(id === 'bluesky' ? 1 : 0)
    })
  },
)
