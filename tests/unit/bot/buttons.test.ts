import { expect, test } from 'vitest'
import { button, pressed } from '../../../src/bot/buttons.ts'

test('a button says what it does, to what, and what was seen, in at most 64 bytes', () => {
  const { data, text } = button('x'.repeat(200), 'approve', 'a999999999999999', 999_999_999_999)
  expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
  expect(text.length).toBeLessThanOrEqual(60)
  expect(pressed(data)).toEqual({
    verb: 'approve',
    on: 'a999999999999999',
    version: 999_999_999_999,
  })
})

test.each([
  undefined,
  '',
  'ok',
  'ok:a1',
  'ok:a1:',
  'ok:z1:1',
  'zz:a1:1',
  'ok:a-1:1',
  'ok:a1:1:1',
  'OK:a1:1',
  'ok:a1:1\n',
])('%j is no button of ours', (data) => {
  expect(pressed(data)).toBeNull()
})
