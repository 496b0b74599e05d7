import { z } from 'zod'
import { PlatformError } from '../error.ts'
import type { Limits, Standing } from '../platform.ts'
import type { Api } from './api.ts'
import { limits as usual } from './limits.ts'

/** The account itself, as far as it is used. */
const ownAccount = z.object({
  id: z.string(),
  acct: z.string(),
  url: z.string().nullish(),
})

const count = z.number().int().positive()
/** v2 and v1 alike; Pleroma and others tell their limit at the top. */
const instance = z.object({
  configuration: z
    .object({
      statuses: z.object({
        maxCharacters: count,
        charactersReservedPerUrl: count.optional(),
        maxMediaAttachments: count.optional().catch(undefined),
      }),
      mediaAttachments: z
        .object({ descriptionLimit: count.optional() })
        .optional()
        .catch(undefined),
    })
    .optional(),
  maxTootChars: count.optional(),
})
const application = z.object({ scopes: z.array(z.string()).optional() })

/** Who posts and what its instance allows. Throws `unauthorized` where the token may not post. */
export async function standingOf(api: Api, url: string, signal: AbortSignal): Promise<Standing> {
  const account = await ownAccountOf(api, signal)
  await assertScopes(api, signal)
  const { host } = new URL(url)
  const name = account.acct.split('@')[0] ?? account.acct
  return {
    identity: `${name}@${host}`,
    title: `@${name}@${host}`,
    url: account.url ?? null,
    limits: await limitsOf(api, signal),
  }
}

/** The account that the token belongs to. */
export function ownAccountOf(api: Api, signal: AbortSignal) {
  return api.call(({ v1 }) => v1.accounts.verifyCredentials(), ownAccount, {
    operation: 'other',
    signal,
  })
}

/** Servers since 4.3 tell the application's scopes: a token cannot have more. */
async function assertScopes(api: Api, signal: AbortSignal): Promise<void> {
  const options = { operation: 'other', signal } as const
  const { scopes } = await api
    .call(({ v1 }) => v1.apps.verifyCredentials(), application, options)
    .catch(() => ({ scopes: undefined }))
  if (scopes === undefined) return
  // Without reading, nobody could look whether a post stands whose answer was lost.
  const missing = ['write:statuses', 'read:statuses'].filter(
    (scope) => !scopes.includes(scope) && !scopes.includes(scope.split(':')[0] ?? scope),
  )
  if (missing.length === 0) return
  throw new PlatformError(
    'unauthorized',
    `the access token lacks the scope ${missing.join(' and ')}`,
  )
}

/** What the instance says; an older one by its first API; the usual where it says nothing of limits. */
async function limitsOf(api: Api, signal: AbortSignal): Promise<Limits> {
  const options = { operation: 'other', signal } as const
  const said = await api
    .call(({ v2 }) => v2.instance.fetch(), instance, options)
    .catch((error: unknown) => {
      if (error instanceof PlatformError && error.kind === 'unavailable') throw error
      return api.call(({ v1 }) => v1.instance.fetch(), instance, options)
    })
  const { statuses, mediaAttachments } = said.configuration ?? {}
  return {
    text: statuses?.maxCharacters ?? said.maxTootChars ?? usual.text,
    link: statuses?.charactersReservedPerUrl ?? 23,
    images: statuses?.maxMediaAttachments ?? 4,
    alt: mediaAttachments?.descriptionLimit ?? 1500,
  }
}
