import { z } from 'zod'
import type { Decision } from '../../deliveries/moves.ts'
import { expect, parseFields, parseJson } from '../../fields.ts'
import { Problem } from '../../locale/problem.ts'
import { webAddressOrNull } from '../../net/address.ts'

/** The decisions that stand in an address: `/deliveries/d34/retry`. */
export const decided = ['retry', 'cancel', 'approve', 'delete', 'resolve'] as const

const version = z.int(expect('number')).nullish()
const yes = z.literal(true, expect('truth')).nullish()
const bodies = {
  approve: z.strictObject(
    { version, newest: z.int(expect('number')).min(0, expect('number')).nullish() },
    expect('object'),
  ),
  others: z.strictObject({ version }, expect('object')),
  resolve: z.strictObject(
    {
      version,
      published: z
        .string(expect('address'))
        .max(5000, expect('short'))
        .refine((text) => webAddressOrNull(text) !== null, expect('address'))
        .nullish(),
      sendAgain: yes,
      leave: yes,
    },
    expect('object'),
  ),
}

/** What a script decided, having seen which version; null where it did not say. */
export interface Sent {
  decision: Decision
  version: number | null
  newest: number | null
}

/**
 * Reads a decision's body, which may be missing where the address says it all. Throws `json-invalid`, the
 * `field-…` problems, and `resolve-one` where it is none of the three answers, or more than one.
 */
export function parseWish(kind: Decision['kind'], body: string): Sent {
  const given = body.trim() === '' ? {} : parseJson(body)
  switch (kind) {
    case 'resolve': {
      const sent = parseFields(bodies.resolve, given, 'body')
      return { decision: resolutionOf(sent), version: sent.version ?? null, newest: null }
    }
    case 'approve': {
      const sent = parseFields(bodies.approve, given, 'body')
      return { decision: { kind }, version: sent.version ?? null, newest: sent.newest ?? null }
    }
    case 'retry':
    case 'cancel':
    case 'delete': {
      const sent = parseFields(bodies.others, given, 'body')
      return { decision: { kind }, version: sent.version ?? null, newest: null }
    }
  }
}

function resolutionOf({ published, sendAgain, leave }: z.infer<typeof bodies.resolve>): Decision {
  const said: Decision[] = []
  if (published) said.push({ kind: 'resolve', as: 'published', url: published })
  if (sendAgain) said.push({ kind: 'resolve', as: 'send again' })
  if (leave) said.push({ kind: 'resolve', as: 'leave' })
  const [one, ...others] = said
  if (one === undefined || others.length > 0) throw new Problem('resolve-one', {})
  return one
}
