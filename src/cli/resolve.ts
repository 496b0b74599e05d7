import type { Decision } from '../deliveries/moves.ts'
import { Problem } from '../locale/problem.ts'
import type { Command, Invocation } from './command.ts'
import { decide } from './decide.ts'

/** `crieur resolve`: a person says whether a post stands that nobody else can see. */
export const resolve: Command = {
  options: {
    published: { type: 'string' },
    'send-again': { type: 'boolean' },
    leave: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  words: { least: 1, most: 1 },
  run: async (invocation) => decide(invocation, chosenOf(invocation.options)),
}

/** Exactly one of the three. Throws `usage-resolve`. */
function chosenOf(options: Invocation['options']): Decision {
  const { published: url, leave } = options
  const chosen: Decision[] = []
  if (typeof url === 'string') chosen.push({ kind: 'resolve', as: 'published', url })
  if (options['send-again'] === true) chosen.push({ kind: 'resolve', as: 'send again' })
  if (leave === true) chosen.push({ kind: 'resolve', as: 'leave' })
  const [one, ...others] = chosen
  if (one === undefined || others.length > 0) throw new Problem('usage-resolve', {})
  return one
}
