import { describe, expect, test } from 'vitest'
import { isPublicAddress, webAddress } from '../../../src/net/address.ts'

describe('addresses strangers may name', () => {
  test.each([
    '8.8.8.8',
    '93.184.216.34',
    '2606:4700::1111',
    '64:ff9b::808:808',
    '[2606:4700::1111]',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.5.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '192.0.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:192.168.0.1',
    '64:ff9b::7f00:1',
    'fe80::1%eth0',
    'fec0::1',
    'fd00::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:db8::1',
    'no address',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))

  test('credentials and fragments are dropped', () => {
    expect(webAddress('https://ann:secret@journal.example/a#b').href).toBe(
      'https://journal.example/a',
    )
  })

  test.each([
    '',
    'journal',
    'ftp://journal.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:,x',
  ])('“%s” is no web address', (address) =>
    expect(() => webAddress(address)).toThrow('address-invalid'),
  )
})
