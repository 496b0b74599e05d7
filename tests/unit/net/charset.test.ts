import { expect, test } from 'vitest'
import { decodeText } from '../../../src/net/charset.ts'

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const utf8 = (text: string) => new TextEncoder().encode(text)

test.each<[string, Uint8Array, string | null, string]>([
  ['nothing said, UTF-8', utf8('été'), null, 'été'],
  ['nothing said, no UTF-8', latin('été'), 'text/html', 'été'],
  ['the header', latin('été'), 'text/html; charset="ISO-8859-1"', 'été'],
  [
    'the page',
    latin('<meta charset=iso-8859-1><p>été'),
    'text/html',
    '<meta charset=iso-8859-1><p>été',
  ],
  [
    'the older form',
    latin('<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><p>été'),
    null,
    '<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><p>été',
  ],
  [
    'the XML declaration',
    latin('<?xml version="1.0" encoding="ISO-8859-15"?><t>été</t>'),
    'application/rss+xml',
    '<?xml version="1.0" encoding="ISO-8859-15"?><t>été</t>',
  ],
  [
    'a byte order mark, whatever the header says',
    utf8('\ufeffété'),
    'text/html; charset=latin1',
    'été',
  ],
  ['an encoding that does not exist', utf8('été'), 'text/html; charset=klingon', 'été'],
  ['UTF-16 by its mark', new Uint8Array(Buffer.from('\ufeffété', 'utf16le')), null, 'été'],
])('%s', (_, bytes, type, text) => {
  expect(decodeText(bytes, type)).toBe(text)
})
