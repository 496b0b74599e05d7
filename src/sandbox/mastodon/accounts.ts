import { z } from 'zod'

const state = z.enum(['active', 'revoked', 'disabled', 'pending'])

export const mastodonAccount = z.strictObject({
  username: z.string().regex(/^[a-z\d_]+$/i),
  displayName: z.string().default("L'Écho de Belle-Écluse"),
  accessToken: z.string().min(8),
  /** What the token may; else the least that Crieur needs. */
  scopes: z
    .array(z.string())
    .default(['read:accounts', 'read:statuses', 'write:media', 'write:statuses']),
  state: state.default('active'),
})

/** An account of the stand-in, with its only token. */
export type MastodonAccount = z.input<typeof mastodonAccount>

/** An account with everything about it told; `id` as the instance numbers it. */
export interface Member extends z.output<typeof mastodonAccount> {
  id: string
}

/** The account that stands there unless others are chosen. */
export const mastodon = {
  username: 'belle_ecluse',
  accessToken: 'sandbox-token-of-no-real-mastodon-server-000',
} as const satisfies MastodonAccount

const FIRST_ID = 109_302_436_954_721_980n

export function membersOf(accounts: readonly MastodonAccount[]): Member[] {
  return accounts.map((account, index) => ({
    ...mastodonAccount.parse(account),
    id: String(FIRST_ID + BigInt(index)),
  }))
}

/** True where the token may: by the scope itself or by the one above it (`write` for `write:statuses`). */
export function may({ scopes }: Member, scope: string): boolean {
  return scopes.includes(scope) || scopes.includes(scope.split(':')[0] ?? '')
}

/** An account as the API shows it. */
export function shownAccount({ id, username, displayName }: Member, origin: string) {
  return {
    id,
    username,
    acct: username,
    display_name: displayName,
    locked: false,
    bot: false,
    discoverable: true,
    group: false,
    created_at: '2026-01-01T00:00:00.000Z',
    note: '',
    url: `${origin}/@${username}`,
    uri: `${origin}/users/${username}`,
    avatar: `${origin}/avatars/original/missing.png`,
    avatar_static: `${origin}/avatars/original/missing.png`,
    header: `${origin}/headers/original/missing.png`,
    header_static: `${origin}/headers/original/missing.png`,
    followers_count: 0,
    following_count: 0,
    statuses_count: 0,
    last_status_at: null,
    emojis: [],
    fields: [],
  }
}

/** An account as its owner sees it. */
export function shownOwner(member: Member, origin: string) {
  const source = {
    privacy: 'public',
    sensitive: false,
    language: 'fr',
    note: '',
    fields: [],
    follow_requests_count: 0,
  }
  return { ...shownAccount(member, origin), source }
}
