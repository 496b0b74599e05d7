import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Arrival, bearer } from '../answer.ts'
import type { Resident } from './accounts.ts'
import { refused } from './refusals.ts'

/** The old refresh token goes on for so long, and gives the same next one (AT account-manager.ts). */
const GRACE_MS = 2 * 60 * 60 * 1000
const REFRESH_MS = 90 * 24 * 60 * 60 * 1000

/** A refresh token that was used: what the stand-in must know again after a restart. */
export const rotation = z.strictObject({ used: z.string(), next: z.string(), until: z.number() })
export type Rotation = z.infer<typeof rotation>

const claims = z.object({
  scope: z.string(),
  sub: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string().exactOptional(),
})
type Claims = z.infer<typeof claims>

const ACCESS = 'com.atproto.appPass'
const REFRESH = 'com.atproto.refresh'

/** Tokens of the shape that a PDS gives, valid over restarts since they are signed. */
export interface Sessions {
  create(account: Resident, now: Date): { accessJwt: string; refreshJwt: string }
  /** The account of an access token. Throws as the PDS does. */
  enter(arrival: Arrival): Resident
  /** Both tokens new. Throws where the refresh token is expired or was used more than two hours ago. */
  refresh(arrival: Arrival): { account: Resident; accessJwt: string; refreshJwt: string }
}

export function openSessions(
  accounts: readonly Resident[],
  { accessMinutes, past, remember }: SessionsOptions,
): Sessions {
  const rotations = new Map(past.map((one) => [one.used, one]))

  const tokens = ({ did, appPassword }: Resident, jti: string, now: Date) => {
    const iat = Math.floor(now.getTime() / 1000)
    const base = { sub: did, iat, aud: 'did:web:localhost' }
    return {
      accessJwt: sign(
        'at+jwt',
        { scope: ACCESS, ...base, exp: iat + accessMinutes * 60 },
        appPassword,
      ),
      refreshJwt: sign(
        'refresh+jwt',
        { scope: REFRESH, ...base, jti, exp: iat + REFRESH_MS / 1000 },
        appPassword,
      ),
    }
  }

  const read = (arrival: Arrival, scope: string): { account: Resident; claims: Claims } => {
    const token = bearer(arrival)
    if (token === null) throw refused('noToken')
    const said = claimsOf(token)
    const account = accounts.find(({ did }) => did === said.sub)
    if (!account || !isSigned(token, account.appPassword)) throw refused('badToken')
    if (said.exp * 1000 <= arrival.at.getTime()) throw refused('expired')
    if (said.scope !== scope) throw refused('badScope')
    if (account.state === 'takendown') throw refused('takendown')
    return { account, claims: said }
  }

  return {
    create: (account, now) => tokens(account, randomUUID(), now),
    enter: (arrival) => read(arrival, ACCESS).account,
    refresh: (arrival) => {
      const { account, claims } = read(arrival, REFRESH)
      const used = claims.jti ?? ''
      const now = arrival.at.getTime()
      const before = rotations.get(used)
      if (before && before.until <= now) throw refused('revoked')
      const turned = before ?? { used, next: randomUUID(), until: now + GRACE_MS }
      if (!before) {
        rotations.set(used, turned)
        remember(turned)
      }
      return { account, ...tokens(account, turned.next, arrival.at) }
    },
  }
}

interface SessionsOptions {
  accessMinutes: number
  past: readonly Rotation[]
  remember: (rotation: Rotation) => void
}

function sign(typ: string, payload: object, key: string): string {
  const head = [{ typ, alg: 'HS256' }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const text = head.join('.')
  return `${text}.${signature(text, key)}`
}

function signature(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

function isSigned(token: string, key: string): boolean {
  const end = token.lastIndexOf('.')
  return token.slice(end + 1) === signature(token.slice(0, end), key)
}

function claimsOf(token: string): Claims {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    return claims.parse(JSON.parse(payload))
  } catch {
    throw refused('badToken')
  }
}
