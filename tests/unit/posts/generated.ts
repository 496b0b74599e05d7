import fc from 'fast-check'

/** What articles are made of, the awkward parts above all. */
const piece = fc.constantFrom(
  'le pont',
  'rouvre',
  'lundi.',
  'Oui\u00a0!',
  '«\u00a0bonjour\u00a0»',
  '(Loire)',
  'l’avenue,',
  '\u201cmot\u201d',
  '👨‍👩‍👧‍👦',
  '🇫🇷🇪🇺',
  '👩🏽‍🚀',
  'e\u0301\u0323',
  'क्षत्रिय',
  'مرحبا بالعالم',
  '東京都の古い橋が月曜日に再開する',
  'สวัสดีชาวโลก',
  'https://exemple.fr/un/chemin?a=b',
  'exemple.org',
  '@bob',
  '@bob@exemple.social',
  '#Loire',
  'a@exemple.fr',
  '<b>',
  '&amp;',
  '{{ title }}',
  '\ud83d',
  '\u0000',
  '\u202e',
  '\u200f\u200f',
  '\u2060',
  '\t',
  '\n\n',
  'a'.repeat(90),
  '…',
  '...',
  '—',
)
/** Texts with all kinds of blanks. */
export const words = fc
  .array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '', '\u00a0')), { maxLength: 120 })
  .map((all) => all.flat().join(''))

/** The same without blanks, where no end of a word helps. */
export const glued = fc
  .array(piece, { minLength: 60, maxLength: 200 })
  .map((all) => all.join('').replaceAll(' ', ''))

/** Graphemes of many characters. */
export const emoji = fc
  .array(fc.constantFrom('👨‍👩‍👧‍👦', '🇫🇷', '👩🏽‍🚀', 'e\u0301\u0323', '1\ufe0f\u20e3'), {
    minLength: 200,
    maxLength: 400,
  })
  .map((all) => all.join(''))
