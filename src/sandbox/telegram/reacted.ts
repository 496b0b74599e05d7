import type { Chat, Place } from './accounts.ts'
import type { Bot } from './bot.ts'
import { seconds } from './content.ts'
import type { Reaction } from './readers.ts'

/** Tells the channel's administrators, and no other bot, all reactions of a post (Spec Update). */
export function tellReactions(
  bots: readonly Bot[],
  { chat, id, reactions, at }: { chat: Chat; id: number; reactions: Reaction[]; at: Date },
): void {
  const value = {
    chat,
    message_id: id,
    date: seconds(at),
    reactions: reactions.filter(({ count }) => count > 0).map(countOf),
  }
  for (const { places, updates } of bots)
    if (places.some((place) => place.chat.id === chat.id && isAdministrator(place)))
      updates.push('message_reaction_count', value, at)
}

function isAdministrator({ rights }: Place): boolean {
  return rights === 'post' || rights === 'no-post'
}

function countOf(reaction: Reaction) {
  const total_count = reaction.count
  if ('emoji' in reaction) return { type: { type: 'emoji', emoji: reaction.emoji }, total_count }
  if ('paid' in reaction) return { type: { type: 'paid' }, total_count }
  return { type: { type: 'custom_emoji', custom_emoji_id: reaction.custom }, total_count }
}
