import type { Styled } from './clean.ts'
import { checkKeyboard, type Keyboard, keyboardOf } from './keyboard.ts'
import { previewOf } from './parameters.ts'
import { checkLength, messageText } from './text.ts'

/** What a message shows: all that an edit may change. */
export interface Content {
  styled: Styled
  preview: ReturnType<typeof previewOf>
  keyboard: Keyboard
}

/** The content that a call asks for. Throws what the server refuses before it looks for the chat. */
export function contentOf(parameters: Record<string, unknown>): Content {
  return {
    styled: messageText(parameters),
    preview: previewOf(parameters),
    keyboard: keyboardOf(parameters),
  }
}

/** What the server refuses of a content once it knows the chat. */
export function checkContent({ styled, keyboard }: Content): void {
  checkLength(styled)
  checkKeyboard(keyboard)
}

/** Whether an edit would change nothing. */
export function isSame(one: Content, other: Content): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A content as the Bot API shows it in a message. */
export function shownContent({ styled: { text, entities }, preview, keyboard }: Content) {
  return {
    text,
    ...(entities.length > 0 && { entities }),
    ...(preview && { link_preview_options: preview }),
    ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
  }
}

/** Unix seconds, as the Bot API tells every time. */
export const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
