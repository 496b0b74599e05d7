import { expect, test } from 'vitest'
import { bracketed, isOurs } from '../../../src/web/hosts.ts'

const config = { host: '192.168.1.20', publicUrl: 'https://crieur.example/' }

test.each([
  'localhost',
  'localhost:8080',
  'LocalHost:9999',
  'crieur.localhost:8080',
  'localhost.:8080',
  '127.0.0.1:8080',
  '127.8.9.1',
  '[::1]:8080',
  '192.168.1.20:8080',
  'crieur.example',
  'CRIEUR.example:443',
])('%s is ours', (host) => {
  expect(isOurs(host, config)).toBe(true)
})

test.each([
  'evil.example',
  'evil.example:8080',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '192.168.1.21:8080',
  'sub.crieur.example',
  '[::2]',
  '',
  'not a host',
])('%s is not ours', (host) => {
  expect(isOurs(host, config)).toBe(false)
})

test('an IPv6 address as HOST is known by its brackets', () => {
  const own = { host: 'fd00::1', publicUrl: null }
  expect(isOurs('[fd00::1]:8080', own)).toBe(true)
  expect(isOurs('[fd00:0:0::1]', own)).toBe(true)
})

test('in an address an IPv6 host stands in brackets', () => {
  expect([bracketed('::1'), bracketed('127.0.0.1'), bracketed('localhost')]).toEqual([
    '[::1]',
    '127.0.0.1',
    'localhost',
  ])
})
