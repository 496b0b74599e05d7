import { expect, test } from 'vitest'
import { plainText } from '../../../src/articles/text.ts'

test.each([
  ['white space is collapsed', ' a \n\t b ', 'a b'],
  ['no-break spaces stay', 'quoi\u00a0? 10\u202f%', 'quoi\u00a0? 10\u202f%'],
  ['letters are composed', 'e\u0301te\u0301', 'été'],
  ['control characters go', 'a\u0000b\u0007c\u009f', 'abc'],
  ['overrides of direction go', '\u202egnp.exe\u202c', 'gnp.exe'],
  ['an isolate left open is closed', '\u2067حديقة', '\u2067حديقة\u2069'],
  ['an isolate closed twice is closed once', 'a\u2069b', 'ab'],
  ['families stay together', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
  ['half a character is no character', 'a\ud83d', 'a\ufffd'],
])('%s', (_, given, expected) => expect(plainText(given)).toBe(expected))
