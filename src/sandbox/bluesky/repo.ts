import { z } from 'zod'
import { type Answer, type Arrival, json } from '../answer.ts'
import type { Keep } from '../keep.ts'
import type { Readers } from '../readers.ts'
import { accountOf, type Resident } from './accounts.ts'
import type { Blobs } from './blobs.ts'
import { cidOf, recordCid } from './cid.ts'
import { checkRecord, POST } from './record.ts'
import { refused } from './refusals.ts'

const place = z.object({ repo: z.string(), collection: z.string(), rkey: z.string() })
const put = place.extend({
  record: z.record(z.string(), z.unknown()),
  swapRecord: z.string().nullable().optional(),
})
const del = place.extend({ swapRecord: z.string().optional() })

/** 13 letters of base32-sortable, the first one below `k` (AT interop-test-files/syntax). */
const TID = /^[234567a-j][234567a-z]{12}$/

interface Repo {
  accounts: readonly Resident[]
  account: Resident
  blobs: Blobs
  keep: Keep<unknown>
  readers: Readers
}

/**
 * `putRecord` of a post: the same record again changes nothing whatever stood there is thought to be, another one is
 * an edit, a deleted one stands again (AT putRecord.ts).
 */
export async function putRecord(
  input: unknown,
  at: Date,
  { accounts, account, blobs, keep, readers }: Repo,
): Promise<Answer> {
  const { data, error } = put.safeParse(input)
  if (!data) throw refused('badInput', said(error, 'Input'))
  const { repo, collection, rkey, record, swapRecord } = data
  const owner = accountOf(accounts, repo)
  if (!owner) throw refused('noAccount')
  if (owner.did !== account.did) throw refused('foreignRepo')
  if (collection !== POST) throw refused('badInput', `Unknown collection: ${collection}`)
  if (!TID.test(rkey)) throw refused('badKey', rkey)
  const $type = record['$type'] ?? POST
  if ($type !== POST)
    throw refused('badInput', `Invalid $type: expected ${POST}, got ${JSON.stringify($type)}`)
  const wire = { ...record, $type }
  const pictures = await checkRecord(wire, owner.did, blobs)

  const uri = `at://${owner.did}/${POST}/${rkey}`
  const cid = recordCid(wire)
  const url = urlOf(owner, rkey)
  const before = keep.find(url)
  const stood = before && !readers.isRemoved(uri) ? recordCid(before.wire) : null
  const changed = stood !== cid
  if (changed && swapRecord !== undefined && swapRecord !== stood)
    throw refused('badSwap', String(stood))
  keep.put({
    platform: 'bluesky',
    id: uri,
    url,
    at: before?.at ?? at.toISOString(),
    wire,
    pictures,
    requests: (before?.requests ?? 0) + 1,
    edits: (before?.edits ?? 0) + (stood !== null && changed ? 1 : 0),
  })
  if (readers.isRemoved(uri)) readers.restore(uri)
  const commit = { cid: cidOf('dag-cbor', `${uri} ${cid}`), rev: rkey }
  return json(200, { uri, cid, ...(changed && { commit }), validationStatus: 'valid' })
}

/** `deleteRecord` of a post; where there is none, nothing is done (AT deleteRecord.ts). */
export function deleteRecord(
  input: unknown,
  { accounts, account, keep, readers }: Omit<Repo, 'blobs'>,
): Answer {
  const { data, error } = del.safeParse(input)
  if (!data) throw refused('badInput', said(error, 'Input'))
  const { repo, collection, rkey, swapRecord } = data
  const owner = accountOf(accounts, repo)
  if (!owner) throw refused('noRepo', repo)
  if (owner.did !== account.did) throw refused('foreignRepo')
  const uri = `at://${owner.did}/${collection}/${rkey}`
  const post = keep.find(urlOf(owner, rkey))
  if (post?.id !== uri || readers.isRemoved(uri)) return json(200, {})
  const stood = recordCid(post.wire)
  if (swapRecord !== undefined && swapRecord !== stood) throw refused('badSwap', stood)
  readers.remove(uri)
  return json(200, { commit: { cid: cidOf('dag-cbor', `${uri} deleted`), rev: rkey } })
}

/** `getRecord`, open to everybody. Of an account that is switched off no record is found. */
export function getRecord(
  { query }: Arrival,
  { accounts, keep, readers }: Pick<Repo, 'accounts' | 'keep' | 'readers'>,
): Answer {
  const [repo, collection, rkey] = ['repo', 'collection', 'rkey'].map((name) => {
    const value = query.get(name)
    if (value === null) throw refused('badInput', `Error: Params must have the property "${name}"`)
    return value
  })
  const owner = accountOf(accounts, repo ?? '')
  if (!owner) throw refused('noRepo', repo)
  const uri = `at://${owner.did}/${collection}/${rkey}`
  const post = keep.find(urlOf(owner, rkey ?? ''))
  const cid = post && recordCid(post.wire)
  const wanted = query.get('cid') ?? cid
  const hidden = owner.state !== 'active' || readers.isRemoved(uri)
  if (!post || hidden || post.id !== uri || wanted !== cid) throw refused('noRecord', uri)
  return json(200, { uri, cid, value: post.wire })
}

function urlOf({ handle }: Resident, rkey: string): string {
  return `https://bsky.app/profile/${handle}/post/${rkey}`
}

/** The first thing that is wrong with an input, in the PDS's way. */
export function said(error: z.ZodError, what: string): string {
  const { path, message } = error.issues[0] ?? { path: [], message: '' }
  return path.length === 0 ? `${what} must be an object` : `${what}/${path.join('/')}: ${message}`
}
