import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import { bluesky } from './bluesky/index.ts'
import { mastodon } from './mastodon/index.ts'
import type { Connection, Platform, PlatformId, Vault } from './platform.ts'
import { telegram } from './telegram/index.ts'

/** A platform whose credentials are known to its own schema alone. */
export interface RegisteredPlatform extends Omit<Platform<unknown>, 'credentials' | 'connect'> {
  readonly credentials: {
    readonly schema: z.ZodType
    readonly settings: Readonly<Record<string, string>>
    readonly required: readonly string[]
  }
  /** Parses the credentials first; throws a `ZodError` where they are not this platform's. */
  connect(credentials: unknown, vault: Vault, clock?: Clock): Promise<Connection>
}

/** Every platform there is: a new one is one line here. Loads no client library. */
export const platforms: Readonly<Record<PlatformId, RegisteredPlatform>> = {
  telegram: registered(telegram),
  bluesky: registered(bluesky),
  mastodon: registered(mastodon),
}

function registered<C>(platform: Platform<C>): RegisteredPlatform {
  return {
    ...platform,
    connect: async (credentials, vault, clock) =>
      platform.connect(platform.credentials.schema.parse(credentials), vault, clock),
  }
}

/**
 * Every platform's credentials, for whoever reads the configuration. `uncertain`: it may be that nobody but a person
 * can say whether a post stands there.
 */
export function credentialsOf(): Record<
  PlatformId,
  RegisteredPlatform['credentials'] & { uncertain: boolean }
> {
  const { telegram: one, bluesky: two, mastodon: three } = platforms
  return { telegram: specOf(one), bluesky: specOf(two), mastodon: specOf(three) }
}

function specOf({ credentials, replay }: RegisteredPlatform) {
  return { ...credentials, uncertain: replay.by !== 'again' }
}
