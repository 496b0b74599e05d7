import type { Context } from 'hono'
import { Problem } from '../locale/problem.ts'
import { atMost } from '../net/body.ts'

const MEGABYTES = 1
const MOST = MEGABYTES * 1024 * 1024

/** A request's body, at most 1 MB of it, whatever its headers say. Throws `body-too-large`, `body-broken`. */
export async function bodyOf({ req }: Context): Promise<Uint8Array> {
  const announced = Number(req.header('content-length') ?? 0)
  const body = announced > MOST ? null : await read(req.raw)
  if (body === null) throw new Problem('body-too-large', { megabytes: MEGABYTES })
  return body
}

async function read({ body }: Request): Promise<Uint8Array | null> {
  try {
    return await atMost(body ?? [], MOST)
  } catch {
    throw new Problem('body-broken', {}) // whoever sent it is gone
  }
}

/** A body as text. */
export function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body)
}
