import { z } from 'zod'
import type { Draft } from '../../posts/post.ts'
import { PlatformError } from '../error.ts'
import type { Publication, Syndication } from '../platform.ts'
import type { Api, CallOptions } from './api.ts'
import { editOf, postedStatus, syndicationOf } from './status.ts'

/** What an edit would take away where it is not said again. */
const standing = z.object({ sensitive: z.boolean().nullish() })

/** The answer to a deletion is what was deleted. */
const removed = z.object({ id: z.string() })

/** `PUT /api/v1/statuses/:id`. Throws `rejected`, with `gone` where the server knows the post no more. */
export async function edit(
  api: Api,
  { id }: Syndication,
  { draft, publication }: { draft: Draft; publication: Publication },
  options: Pick<CallOptions, 'signal' | 'heard'>,
): Promise<Syndication> {
  // an account may have all its pictures hidden, warning or not
  const hidden = publication.media.length > 0 && (await isHidden(api, id, options.signal))
  const params = editOf(draft, publication, hidden)
  try {
    const edited = await api.call(
      ({ v1 }) => v1.statuses.$select(id).update(params),
      postedStatus,
      { ...options, operation: 'other' },
    )
    return syndicationOf(edited)
  } catch (error) {
    throw await missing(api, id, error, options.signal)
  }
}

/** `DELETE /api/v1/statuses/:id`; a post that the server knows no more is what was wanted. */
export async function remove(api: Api, { id }: Syndication, signal: AbortSignal): Promise<void> {
  try {
    const call = { operation: 'other', signal } as const
    await api.call(({ v1 }) => v1.statuses.$select(id).remove(), removed, call)
  } catch (thrown) {
    const error = await missing(api, id, thrown, signal)
    if (!(error instanceof PlatformError) || !error.gone) throw error
  }
}

async function isHidden(api: Api, id: string, signal: AbortSignal): Promise<boolean> {
  const call = { operation: 'other', signal } as const
  try {
    const { sensitive } = await api.call(
      ({ v1 }) => v1.statuses.$select(id).fetch(),
      standing,
      call,
    )
    return sensitive === true
  } catch (error) {
    throw await missing(api, id, error, signal)
  }
}

/**
 * A failure, with `gone` where it says that there is no such post. A 404 alone is no proof: servers that cannot edit
 * say it too, so the post itself is asked for; and one without words comes from somebody in between.
 */
async function missing(
  api: Api,
  id: string,
  error: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof PlatformError) || !isAbsence(error)) return error
  const { reason, status, worded } = error
  if (!worded) return new PlatformError('unavailable', reason, { status })
  const call = { operation: 'other', signal } as const
  const asked = await api
    .call(({ v1 }) => v1.statuses.$select(id).fetch(), standing, call)
    .catch((thrown: unknown) => thrown)
  if (!(asked instanceof PlatformError)) return error
  if (asked.kind === 'unavailable' || asked.kind === 'rate-limited') return asked
  return new PlatformError('rejected', reason, { status, worded, gone: true })
}

function isAbsence({ status }: PlatformError): boolean {
  return status === 404 || status === 410
}
