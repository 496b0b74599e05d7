import { describe, expect, test } from 'vitest'
import { clean, say, stranger } from '../../../src/bot/text.ts'

const length = (text: string) => Array.from(text).length
const family = '👨‍👩‍👧‍👦'

describe('somebody’s words', () => {
  test('stay in an isolate of their own, without what acts on a screen', () => {
    const { text } = say([stranger('\u202egras\u2066 \u0007\u001b[31m<b>rouge</b>\u2069\ud800')])
    expect(text).toBe('\u2068gras  [31m<b>rouge</b>\ufffd\u2069')
  })

  test('are clipped between characters as a reader sees them', () => {
    const { words } = piece(stranger(family.repeat(50), null, 30))
    expect(words).toBe(`\u2068${family.repeat(4)}…\u2069`)
  })

  test('of a megabyte cost no more than what is kept of them', () => {
    const began = performance.now()
    say([stranger('é'.repeat(1_000_000), null, 200)])
    expect(performance.now() - began).toBeLessThan(1000)
  })

  test('keep their line breaks, and nothing else that moves', () => {
    expect(clean(' one\ntwo\r\n\tthree\u2028four ')).toBe('one\ntwo \n threefour')
  })
})

describe('what is said', () => {
  test('carries its styles beside it, in UTF-16 units', () => {
    const { text, entities } = say(['🙂 ', { words: 'Titre', as: 'bold' }, ' fin'])
    expect(text).toBe('🙂 Titre fin')
    expect(entities).toEqual([{ type: 'bold', offset: 3, length: 5 }])
  })

  test('fits into a message whatever comes: the first piece that is too long is shortened, the rest left out', () => {
    const { text, entities } = say([
      'head\n',
      stranger('x'.repeat(9000), 'blockquote', 9000),
      'left out',
    ])
    expect(length(text)).toBeLessThanOrEqual(4096)
    expect(length(text)).toBeGreaterThan(4090)
    expect(text).toMatch(/^head\n\u2068x+…\u2069$/)
    expect(entities).toEqual([{ type: 'blockquote', offset: 5, length: text.length - 5 }])
  })

  test('of exactly the length that fits is left whole', () => {
    expect(say(['y'.repeat(4096)]).text).toBe('y'.repeat(4096))
    expect(say(['y'.repeat(4097)]).text).toMatch(/^y+…$/)
  })

  test('has no style past its end', () => {
    const { text, entities } = say(['a', { words: 'b  \n', as: 'italic' }])
    expect(text).toBe('ab')
    expect(entities).toEqual([{ type: 'italic', offset: 1, length: 1 }])
  })

  test('has no more buttons than Telegram takes', () => {
    const row = Array.from({ length: 9 }, () => ({ text: 'x', data: 'x' }))
    const { buttons } = say(['x'], [[], ...Array.from({ length: 90 }, () => row)])
    expect(buttons.length * (buttons[0]?.length ?? 0)).toBeLessThanOrEqual(100)
  })
})

function piece(one: ReturnType<typeof stranger>): { words: string } {
  return typeof one === 'string' ? { words: one } : one
}
