import { expect, test } from 'vitest'
import { shorten, webAddress } from '../../../src/web/address.ts'

test('an address is shown as Mastodon shows it: thirty characters without scheme and www.', () => {
  const address = 'https://www.echo.example/2026/02/11/le-canal-rouvre/'
  expect(shorten(address)).toEqual({
    before: 'https://www.',
    shown: 'echo.example/2026/02/11/le-can',
    after: 'al-rouvre/',
  })
  expect(shorten('http://echo.example/a')).toEqual({
    before: 'http://',
    shown: 'echo.example/a',
    after: '',
  })
})

test('an address is never cut within a character', () => {
  const { before, shown, after } = shorten(`https://${'🎈'.repeat(31)}`)
  expect(shown).toBe('🎈'.repeat(30))
  expect(before + shown + after).toBe(`https://${'🎈'.repeat(31)}`)
})

test('only addresses of the web become links', () => {
  expect(webAddress('https://echo.example/é')).toBe('https://echo.example/%C3%A9')
  for (const address of ['javascript:alert(1)', 'data:text/html,x', '/a', '', null, undefined]) {
    expect(webAddress(address)).toBeNull()
  }
})
