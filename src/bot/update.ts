import { z } from 'zod'

const person = z.object({
  id: z.number().int(),
  first_name: z.string().default(''),
  language_code: z.string().optional(),
  is_bot: z.boolean().default(false),
})
const chat = z.object({ id: z.number().int(), type: z.string() })

const entities = z
  .array(
    z.object({
      type: z.string(),
      offset: z.number().int(),
      length: z.number().int(),
      url: z.string().optional(),
    }),
  )
  .default([])

/** A message as far as it is read: what somebody wrote to the bot, or sent with a picture. */
export const message = z.object({
  message_id: z.number().int(),
  from: person.optional(),
  chat,
  text: z.string().optional(),
  entities,
  caption: z.string().optional(),
  caption_entities: entities,
  reply_to_message: z.object({ message_id: z.number().int() }).optional(),
})

const press = z.object({
  id: z.string(),
  from: person,
  message: z.object({ message_id: z.number().int(), chat }).optional(),
  data: z.string().optional(),
})

const reactions = z.object({
  chat: z.object({ id: z.number().int() }),
  message_id: z.number().int(),
  reactions: z.array(z.object({ total_count: z.number().int().nonnegative() })),
})

/** An update of the Bot API, as far as it is read; a part that cannot be read counts as not there. */
export const update = z.object({
  update_id: z.number().int(),
  message: message.optional().catch(undefined),
  callback_query: press.optional().catch(undefined),
  message_reaction_count: reactions.optional().catch(undefined),
})

export type Update = z.infer<typeof update>
export type Message = z.infer<typeof message>
export type Press = z.infer<typeof press>
export type Writer = z.infer<typeof person>

/** The full list, always: the server remembers what it was last asked for, and an empty list leaves reactions out. */
export const ALLOWED = ['message', 'callback_query', 'message_reaction_count'] as const
