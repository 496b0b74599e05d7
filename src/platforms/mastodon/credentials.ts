import { z } from 'zod'
import type { CredentialsSpec } from '../platform.ts'
import { root } from '../root.ts'

const schema = z.strictObject({
  /** The instance: of a pasted profile address only the server counts. */
  url: root.transform((address) => new URL(address).origin),
  accessToken: z
    .string()
    .trim()
    .regex(
      /^[\x21-\x7e]{8,512}$/,
      'is no access token: Preferences, Development, New application, Your access token',
    ),
})

export type MastodonCredentials = z.infer<typeof schema>

export const credentials: CredentialsSpec<MastodonCredentials> = {
  schema,
  settings: { MASTODON_URL: 'url', MASTODON_ACCESS_TOKEN: 'accessToken' },
  required: ['MASTODON_URL', 'MASTODON_ACCESS_TOKEN'],
}
