import { z } from 'zod'
import type { CredentialsSpec } from '../platform.ts'
import { root } from '../root.ts'

/** Bluesky's own servers: an app password is known by its shape only there. */
const BLUESKY = 'https://bsky.social/'

/** A handle without its `@`, a DID, or the e-mail address one logs in with. */
const handle = z
  .string()
  .trim()
  .transform((text) => text.replace(/^(?:https:\/\/bsky\.app\/profile\/)?@?/i, ''))
  .refine(
    (name) =>
      /^(did:[a-z]+:[\w.:%-]+|[^\s@]+@[^\s@]+\.[^\s@]+|[a-z\d-]+(\.[a-z\d-]+)+)$/i.test(name),
    'is no handle: write it like name.bsky.social',
  )

const schema = z
  .strictObject({
    handle,
    appPassword: z.string().trim().min(1, 'is empty'),
    service: root.default(BLUESKY),
    appview: root.optional(),
  })
  .refine(
    ({ service, appPassword }) =>
      service !== BLUESKY || /^[a-z\d]{4}(-[a-z\d]{4}){3}$/i.test(appPassword),
    {
      path: ['appPassword'],
      error:
        'is no app password: Bluesky makes one under Settings, Privacy and security, App passwords, like xxxx-xxxx-xxxx-xxxx; the account’s own password is not needed',
    },
  )

export type BlueskyCredentials = z.infer<typeof schema>

export const credentials: CredentialsSpec<BlueskyCredentials> = {
  schema,
  settings: {
    BLUESKY_HANDLE: 'handle',
    BLUESKY_APP_PASSWORD: 'appPassword',
    BLUESKY_SERVICE: 'service',
    BLUESKY_APPVIEW: 'appview',
  },
  required: ['BLUESKY_HANDLE', 'BLUESKY_APP_PASSWORD'],
}
