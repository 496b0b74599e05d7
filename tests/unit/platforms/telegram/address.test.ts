import { describe, expect, test } from 'vitest'
import { telegram } from '../../../../src/platforms/telegram/index.ts'

describe('a public channel', () => {
  const account = {
    identity: '-1001234567890',
    title: '@Square_News',
    url: 'https://t.me/Square_News',
  }
  const post = { id: '42', url: 'https://t.me/Square_News/42' }

  test.each([
    'https://t.me/Square_News/42',
    'https://t.me/square_news/42',
    'http://telegram.me/Square_News/42/',
    'https://www.t.me/s/Square_News/42',
    ' https://t.me/Square_News/42?single&comment=3#x ',
  ])('%s', (address) => {
    expect(telegram.postAt(address, account)).toEqual(post)
  })

  test('the address for members names it too', () => {
    const found = telegram.postAt('https://t.me/c/1234567890/42', account)
    expect(found).toEqual({ id: '42', url: null })
  })

  test.each([
    'https://t.me/other_news/42',
    'https://t.me/Square_News',
    'https://t.me/Square_News/42/7',
    'https://t.me/Square_News/4x2',
    'https://t.me/c/9999999999/42',
    'https://example.org/Square_News/42',
    'https://t.me.example.org/Square_News/42',
    'ftp://t.me/Square_News/42',
    't.me/Square_News/42',
    'a sentence',
    '',
  ])('%s: none of its posts', (address) => {
    expect(telegram.postAt(address, account)).toBeNull()
  })
})

test('a private channel is known by its number, and its posts have no address', () => {
  const account = { identity: '-1001234567890', title: 'Square', url: null }
  expect(telegram.postAt('https://t.me/c/1234567890/42', account)).toEqual({ id: '42', url: null })
  expect(telegram.postAt('https://t.me/Square/42', account)).toBeNull()
})
