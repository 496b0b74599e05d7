import { z } from 'zod'
import type { KeptPost } from '../stand-in.ts'
import { type Change, type Content, contentOf } from './content.ts'
import { photoIn } from './photo.ts'

const record = z.record(z.string(), z.unknown())

/** The parameters by which a post was sent, or changed last. */
export const wireOf = ({ wire }: KeptPost) => record.parse(wire)

/** What an edit replaces: all of the text or caption and how it is shown, and always the buttons. */
const REPLACED: Record<Change['of'], readonly string[]> = {
  text: ['reply_markup', 'text', 'parse_mode', 'entities', 'link_preview_options'],
  caption: ['reply_markup', 'caption', 'parse_mode', 'caption_entities'],
  keyboard: ['reply_markup'],
}

/** A post's parameters after an edit: what the edit leaves out of them is gone. */
export function editedWire(
  wire: Record<string, unknown>,
  { message_id: _id, ...edit }: Record<string, unknown>,
  of: Change['of'],
) {
  const kept = Object.entries(wire).filter(([name]) => !REPLACED[of].includes(name))
  return { ...Object.fromEntries(kept), ...edit }
}

/** What a kept post shows. Throws nothing, since it was accepted. */
export function keptContent(post: KeptPost): Content {
  return contentOf(wireOf(post), photoIn(post))
}
