import { z } from 'zod'
import { personShape } from './person.ts'
import { reactionShape } from './readers.ts'

/** Which bot is meant, by its number; else the first. */
const bot = z.number().int().exactOptional()
const user = z.union([personShape, z.number().int().positive()])
/** A message's number, and its channel by `@name` or number; else the first. */
const post = { id: z.coerce.number<number | string>().int(), channel: z.string().exactOptional() }

/** Somebody writes to the bot; `reply_to`: the message it answers. */
export const sayOrder = z.strictObject({
  user: personShape,
  text: z.string(),
  reply_to: z.number().int().exactOptional(),
  bot,
})
/** Somebody presses the button that sends `data`; `force` where it is not there any more. */
export const pressOrder = z.strictObject({
  user,
  message_id: z.number().int(),
  data: z.string(),
  force: z.boolean().default(false),
  bot,
})
/** Somebody blocks the bot. */
export const blockOrder = z.strictObject({ user, bot })
/** All reactions of a post, as they are now. */
export const reactOrder = z.strictObject({ ...post, reactions: z.array(reactionShape) })
/** How often a post was seen. */
export const viewOrder = z.strictObject({ ...post, views: z.number().int().nonnegative() })
/** A post is deleted by hand. */
export const removeOrder = z.strictObject(post)
/** A post was sent so many seconds earlier. */
export const ageOrder = z.strictObject({ ...post, seconds: z.number().nonnegative() })
/** The public pages show what stood so many seconds ago; 0: what stands. */
export const staleOrder = z.strictObject({ seconds: z.number().nonnegative() })

export type SayOrder = z.input<typeof sayOrder>
export type PressOrder = z.input<typeof pressOrder>
export type BlockOrder = z.input<typeof blockOrder>
export type ReactOrder = z.input<typeof reactOrder>
export type ViewOrder = z.input<typeof viewOrder>
export type RemoveOrder = z.input<typeof removeOrder>
export type AgeOrder = z.input<typeof ageOrder>
export type StaleOrder = z.input<typeof staleOrder>
