import { z } from 'zod'

export const blueskyAccount = z.strictObject({
  did: z.string().regex(/^did:plc:[a-z2-7]{24}$/),
  handle: z.string().regex(/^[a-z\d-]+(\.[a-z\d-]+)+$/),
  email: z.email().default('redaction@belle-ecluse.test'),
  appPassword: z.string().regex(/^[a-z\d]{4}(-[a-z\d]{4}){3}$/),
  state: z.enum(['active', 'deactivated', 'takendown']).default('active'),
})

/** An account of the stand-in. */
export type BlueskyAccount = z.input<typeof blueskyAccount>

/** An account with everything about it told. */
export type Resident = z.output<typeof blueskyAccount>

/** The account that stands there unless others are chosen. */
export const bluesky = {
  did: 'did:plc:sandboxcrieursandboxcrie',
  handle: 'belle-ecluse.test',
  appPassword: 'sand-boxo-only-here',
} as const satisfies BlueskyAccount

/** The account that a DID, a handle or an e-mail address names. */
export function accountOf(accounts: readonly Resident[], identifier: string): Resident | null {
  const name = identifier.toLowerCase()
  return (
    accounts.find(({ did, handle, email }) => [did, handle, email].some((own) => own === name)) ??
    null
  )
}

/** An account as a session tells it. No DID document: so the official client stays with this address. */
export function shownAccount({ did, handle, state }: Resident) {
  return state === 'active'
    ? { did, handle, active: true }
    : { did, handle, active: false, status: state }
}
