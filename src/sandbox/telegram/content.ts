import type { Styled } from './clean.ts'
import { checkKeyboard, type Keyboard, keyboardOf } from './keyboard.ts'
import { previewOf } from './parameters.ts'
import { type Photo, shownPhoto } from './photo.ts'
import { refused } from './refusals.ts'
import { captionText, checkLength, messageText } from './text.ts'

/** What a message shows: all that an edit may change. */
export interface Content {
  /** The text, or a photo's caption. */
  styled: Styled
  photo: Photo | null
  preview: ReturnType<typeof previewOf>
  keyboard: Keyboard
}

/** The content that a call asks for. Throws what the server refuses before it looks for the chat. */
export function contentOf(
  parameters: Record<string, unknown>,
  photo: Photo | null = null,
): Content {
  return {
    styled: photo === null ? messageText(parameters) : captionText(parameters),
    photo,
    preview: photo === null ? previewOf(parameters) : undefined,
    keyboard: keyboardOf(parameters),
  }
}

/** What the server refuses of a content once it knows the chat. */
export function checkContent({ styled, photo, keyboard }: Content): void {
  checkLength(styled, photo === null ? 'text' : 'caption')
  checkKeyboard(keyboard)
}

/** What an edit changes, by its call. */
export type Change =
  | ({ of: 'text' } & Content)
  | ({ of: 'caption' } & Pick<Content, 'styled' | 'keyboard'>)
  | ({ of: 'keyboard' } & Pick<Content, 'keyboard'>)

/** A content after an edit. Throws what the server refuses. */
export function changed(before: Content, { of, ...change }: Change): Content {
  if (of === 'text' && before.photo) throw refused('noTextToEdit')
  if (of === 'caption' && !before.photo) throw refused('noCaptionToEdit')
  const content = { ...before, ...change }
  if (of === 'keyboard') checkKeyboard(content.keyboard)
  else checkContent(content)
  if (JSON.stringify(content) === JSON.stringify(before)) throw refused('notModified')
  return content
}

/** A content as the Bot API shows it in a message. */
export function shownContent({ styled, photo, preview, keyboard }: Content) {
  return {
    ...(photo === null ? shownText(styled) : { photo: shownPhoto(photo), ...shownCaption(styled) }),
    ...(preview && { link_preview_options: preview }),
    ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
  }
}

function shownText({ text, entities }: Styled) {
  return { text, ...(entities.length > 0 && { entities }) }
}

function shownCaption({ text, entities }: Styled) {
  if (text === '') return {}
  return { caption: text, ...(entities.length > 0 && { caption_entities: entities }) }
}

/** A bot may delete what is younger (Bot API, deleteMessage). */
const DELETABLE_MS = 48 * 3600 * 1000

/** Throws where a message is too old to be deleted by a bot. */
export function checkAge(sent: Date, now: Date): void {
  if (now.getTime() - sent.getTime() >= DELETABLE_MS) throw refused('oldDeleted')
}

/** Unix seconds, as the Bot API tells every time. */
export const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
