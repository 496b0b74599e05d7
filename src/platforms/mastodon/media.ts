import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { PlatformError } from '../error.ts'
import type { MediaRef, Upload } from '../platform.ts'
import type { Api } from './api.ts'

/** How a picture is named in the post. */
export const mediaRef = z.object({ id: z.string().min(1) })

/** An upload as the server tells of it; without an address it is still at work. */
const attachment = mediaRef.extend({ url: z.string().nullish() })

/** Between two questions whether a picture is processed. */
const EVERY_MS = 1000

/** `POST /api/v2/media`, by one call. Whatever it is refused for is the picture's own fault. */
export async function upload(
  api: Api,
  { bytes, mime, alt }: Upload,
  signal: AbortSignal,
): Promise<MediaRef> {
  const type = { type: mime }
  const file = new File([bytes.slice()], `picture.${mime.split('/')[1] ?? 'jpeg'}`, type)
  const description = alt === '' ? {} : { description: alt }
  const { id } = await asked(
    // masto's own polling would not hear our signal
    api.call(({ v2 }) => v2.media.create({ file, ...description, skipPolling: true }), attachment, {
      operation: 'other',
      culprit: 'pictures',
      signal,
    }),
  )
  return { id }
}

/**
 * Asks `GET /api/v1/media/:id` until the picture has an address: 206 is «not yet» (Mastodon, media_controller.rb).
 * Throws `rejected` where the server could not read it (422) or knows it no more (404).
 */
export async function processed(api: Api, ref: MediaRef, signal: AbortSignal): Promise<void> {
  const { id } = mediaRef.parse(ref)
  while (!(await isReady(api, id, signal))) {
    await wait(EVERY_MS, undefined, { signal }).catch(() => {
      throw new PlatformError('unavailable', 'the picture is still being processed')
    })
  }
}

function isReady(api: Api, id: string, signal: AbortSignal): Promise<boolean> {
  return asked(
    api.call(({ v1 }) => v1.media.$select(id).fetch(), attachment, {
      operation: 'other',
      culprit: 'pictures',
      signal,
    }),
  ).then(
    ({ url }) => Boolean(url),
    (error: unknown) => {
      // a 206 without a body that can be read
      if (error instanceof PlatformError && error.status === 206) return false
      throw error
    },
  )
}

/** A token that may post but not upload: the post goes out without its pictures. */
async function asked<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    if (!(error instanceof PlatformError) || error.status !== 403) throw error
    const { reason, status, worded } = error
    throw new PlatformError('rejected', reason, { status, worded, culprit: 'pictures' })
  })
}
