import { z } from 'zod'

/** A person as tests name them; `id` alone is enough to be somebody. */
export const personShape = z.strictObject({
  id: z.number().int().positive(),
  first_name: z.string().min(1).default('Camille'),
  last_name: z.string().exactOptional(),
  username: z.string().exactOptional(),
  /** As their app tells it; absent where it tells none. */
  language_code: z.string().exactOptional(),
})

export type Person = z.infer<typeof personShape>

/** A person as the Bot API shows them. */
export function userOf({ id, ...names }: Person) {
  return { id, is_bot: false, ...names }
}

/** The private chat with a person: it has the person's own number. */
export function chatWith({ id, first_name, last_name, username }: Person) {
  return {
    id,
    first_name,
    ...(last_name !== undefined && { last_name }),
    ...(username !== undefined && { username }),
    type: 'private' as const,
  }
}
