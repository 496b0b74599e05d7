import { type Arrival, bearer } from '../answer.ts'
import { type Member, may } from './accounts.ts'
import { refused } from './refusals.ts'

/** Whose token it is; null without one. Throws where the token or its owner is not fit. */
export function memberOf(arrival: Arrival, members: readonly Member[]): Member | null {
  const token = bearer(arrival)
  if (token === null) return null
  const member = members.find(({ accessToken }) => accessToken === token)
  if (!member) throw refused('badToken')
  if (member.state !== 'active') throw refused(member.state)
  return member
}

/** The token's owner, if it may by one of the scopes; without scopes any token will do. */
export function allowed(member: Member | null, ...scopes: string[]): Member {
  if (!member) throw refused('badToken')
  if (scopes.length > 0 && !scopes.some((scope) => may(member, scope))) throw refused('outOfScope')
  return member
}
