import type { KeptPost } from '../stand-in.ts'
import type { Member } from './accounts.ts'
import { keptPictures } from './media.ts'
import { check, type Instance } from './publish.ts'
import { refused, within } from './refusals.ts'
import { type Wanted, wantedOf } from './status.ts'
import { isBy } from './timeline.ts'

interface Changing {
  author: Member
  at: Date
  origin: string
  instance: Instance
}

/**
 * `PUT /api/v1/statuses/:id` (M update_status_service.rb): what is left out is removed, but for the visibility and the
 * post it answers. The same again is no edit, and takes nothing of the limit that edits share with posts.
 */
export function edit(
  id: string,
  fields: Record<string, unknown>,
  { author, at, origin, instance }: Changing,
): { post: KeptPost; headers: Record<string, string> } {
  const post = ownPost(id, author, instance)
  const before = wantedOf(post.wire)
  const { allowed_mentions: _, ...rest } = fields
  const wire = { ...rest, visibility: before.visibility, in_reply_to_id: before.parent }
  const wanted = wantedOf(wire)
  const pictures = keptPictures(check(wanted, { author, origin, instance }, before.media))
  const isSame = JSON.stringify(seenOf(wanted)) === JSON.stringify(seenOf(before))
  const headers = within(instance.posts.spend(author.id, isSame ? 0 : 1, at))
  if (isSame) return { post, headers }
  const edits = post.edits + 1
  const edited = { ...post, wire, pictures, edits, editedAt: at.toISOString() }
  instance.keep.put(edited)
  instance.media.attach(wanted.media.flatMap((one) => instance.media.find(one) ?? []))
  return { post: edited, headers }
}

/** `DELETE /api/v1/statuses/:id`. Answers the limit's headers. */
export function remove(
  id: string,
  { author, at, instance }: Omit<Changing, 'origin'>,
): { post: KeptPost; headers: Record<string, string> } {
  const headers = within(instance.deletes.spend(author.id, 1, at))
  const post = ownPost(id, author, instance)
  instance.readers.remove(id)
  return { post, headers }
}

function ownPost(id: string, author: Member, { keep, readers }: Instance): KeptPost {
  const post = keep.posts().find((one) => one.id === id && isBy(author, one))
  if (!post || readers.isRemoved(id)) throw refused('noStatus')
  return post
}

/** What an edit can change. */
function seenOf({ text, warning, sensitive, language, media }: Wanted) {
  return { text, warning, sensitive, language, media }
}
