import { z } from 'zod'
import type { KeptPicture } from '../stand-in.ts'
import type { Blobs } from './blobs.ts'
import { refused } from './refusals.ts'

export const POST = 'app.bsky.feed.post'

/** Lexicon app.bsky.feed.post. */
const LONGEST = { graphemes: 300, bytes: 3000, langs: 3 }
/** Lexicons app.bsky.embed.external and app.bsky.embed.images: bytes. */
const LARGEST = { thumb: 1_000_000, image: 2_000_000 }

const blobRef = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
})

/** The parts of a record that are compared with more than its lexicon. */
const shape = z.object({
  text: z.string(),
  createdAt: z.string(),
  langs: z.array(z.unknown()).optional(),
  facets: z
    .array(z.object({ index: z.object({ byteStart: z.number(), byteEnd: z.number() }) }))
    .optional(),
  embed: z
    .object({
      external: z.object({ thumb: blobRef.optional() }).optional(),
      images: z
        .array(
          z.object({
            image: blobRef,
            alt: z.string().default(''),
            aspectRatio: z.object({ width: z.number(), height: z.number() }).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
})
type Post = z.infer<typeof shape>

/**
 * Refuses what the PDS refuses of a post: by the official lexicons, by the blobs that were uploaded, and,
 * more strictly than the PDS, facets that clients could not draw and ratios that are not the picture's own.
 * Returns the pictures that readers see.
 */
export async function checkRecord(
  record: object,
  owner: string,
  blobs: Blobs,
): Promise<KeptPicture[]> {
  const { jsonToLex, lexicons, UnicodeString } = await import('@atproto/api')
  const { data: post } = shape.safeParse(record)
  if (post) checkSizes(post, new UnicodeString(post.text).graphemeLength)
  try {
    lexicons.assertValidRecord(POST, jsonToLex(JSON.parse(JSON.stringify(record))))
  } catch (error) {
    throw refused('badRecord', error instanceof Error ? error.message : 'malformed')
  }
  if (!post) throw refused('badRecord', 'malformed facet or blob')
  checkMoment(post.createdAt)
  checkFacets(post)
  const { external, images = [] } = post.embed ?? {}
  const known = { owner, blobs }
  const thumb = external?.thumb
  if (thumb)
    return [
      {
        ...checkBlob(thumb, LARGEST.thumb, { at: '$.record.embed.external.thumb', ...known }),
        alt: '',
      },
    ]
  return images.map(({ image, alt, aspectRatio }, index) => {
    const at = `$.record.embed.images[${index}]`
    const picture = checkBlob(image, LARGEST.image, { at: `${at}.image`, ...known })
    const own = picture.width / picture.height
    const given = aspectRatio ? aspectRatio.width / aspectRatio.height : own
    if (Math.abs(given / own - 1) > 0.02)
      throw refused('badRecord', `not the picture's own ratio at ${at}.aspectRatio`)
    return { ...picture, alt }
  })
}

/** The server wants a zone, which the official client's lexicons do without (AT packages/syntax/src/datetime.ts). */
function checkMoment(createdAt: string): void {
  if (!z.iso.datetime({ offset: true }).safeParse(createdAt).success)
    throw refused('badRecord', `Invalid datetime (got "${createdAt}") at $.record.createdAt`)
}

function checkSizes({ text, langs = [] }: Post, graphemes: number): void {
  const sizes = [
    ['string', LONGEST.bytes, Buffer.byteLength(text), 'text'],
    ['grapheme', LONGEST.graphemes, graphemes, 'text'],
    ['array', LONGEST.langs, langs.length, 'langs'],
  ] as const
  for (const [unit, maximum, got, field] of sizes)
    if (got > maximum)
      throw refused(
        'badRecord',
        `${unit} too big (maximum ${maximum}, got ${got}) at $.record.${field}`,
      )
}

function checkFacets({ text, facets = [] }: Post): void {
  const bytes = Buffer.from(text)
  const inside = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80
  let free = 0
  for (const { index } of facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const { byteStart, byteEnd } = index
    const wrong =
      (byteStart >= byteEnd && 'is empty') ||
      (byteEnd > bytes.length && 'passes the end of the text') ||
      ((inside(byteStart) || inside(byteEnd)) && 'splits a character') ||
      (byteStart < free && 'overlaps another')
    if (wrong)
      throw refused('badRecord', `facet ${byteStart}-${byteEnd} ${wrong} at $.record.facets`)
    free = byteEnd
  }
}

function checkBlob(
  { ref, mimeType, size }: z.infer<typeof blobRef>,
  largest: number,
  { at, owner, blobs }: { at: string; owner: string; blobs: Blobs },
): Omit<KeptPicture, 'alt'> {
  const cid = ref.$link
  if (!mimeType.startsWith('image/'))
    throw refused('badRecord', `expected a blob of type image/* (got ${mimeType}) at ${at}`)
  if (size > largest)
    throw refused('badRecord', `blob too big (maximum ${largest}, got ${size}) at ${at}`)
  const stored = blobs.find(owner, cid)
  if (!stored) throw refused('noBlob', cid)
  if (stored.mimeType !== mimeType)
    throw refused('otherMime', `Expected: ${stored.mimeType}, Got: ${mimeType}`)
  if (stored.size !== size) throw refused('otherSize', `Expected: ${stored.size}, Got: ${size}`)
  const { width, height } = stored
  return { mime: mimeType, width, height, bytes: size }
}
