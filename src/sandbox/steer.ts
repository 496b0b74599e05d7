import { type Answer, type Arrival, json } from './answer.ts'
import { type Faults, faultSchema } from './faults.ts'
import type { Behaviour } from './http.ts'
import type { KeptPost, Seen } from './stand-in.ts'

type Posts = Pick<Behaviour, 'posts' | 'isRemoved'>

/** The posts that nobody deleted. */
export function standing({ posts, isRemoved }: Posts): KeptPost[] {
  return posts().filter((post) => !isRemoved(post))
}

/** Those that somebody did. */
export function removed({ posts, isRemoved }: Posts): KeptPost[] {
  return posts().filter(isRemoved)
}

/** What is behind a door under `/_/`. */
export function steered(
  { method, path, body }: Arrival,
  { behaviour, seen, faults }: { behaviour: Behaviour; seen: Seen[]; faults: Faults },
): Answer {
  switch (`${method} ${path}`) {
    case 'GET /_/identity':
      return json(200, { program: 'crieur', standIn: behaviour.platform })
    case 'GET /_/posts':
      return json(200, standing(behaviour))
    case 'GET /_/removed':
      return json(200, removed(behaviour))
    case 'GET /_/seen':
      return json(200, seen)
    case 'POST /_/fault':
      return ordered(faults, body)
    case 'POST /_/reset-faults':
      faults.reset()
      return { status: 204, body: '' }
    default:
      return behind(behaviour.doors?.[`${method} ${path.slice('/_/'.length)}`], body)
  }
}

function behind(door: ((order: unknown) => unknown) | undefined, body: Uint8Array): Answer {
  if (!door) return json(404, { error: 'no such door' })
  try {
    const answer = door(jsonOf(body))
    return answer === undefined ? { status: 204, body: '' } : json(200, answer)
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : 'not done' })
  }
}

function ordered(faults: Faults, body: Uint8Array): Answer {
  const parsed = faultSchema.safeParse(jsonOf(body))
  if (!parsed.success) return json(400, { error: parsed.error.message })
  faults.add(parsed.data)
  return { status: 204, body: '' }
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
