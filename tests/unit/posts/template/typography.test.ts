import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typographic } from '../../../../src/posts/template/typography.ts'

/** `~` is a no-break space here, `_` a narrow one. */
const spaces = (text: string) => text.replaceAll('~', '\u00a0').replaceAll('_', '\u202f')
const shown = (text: string) => text.replaceAll('\u00a0', '~').replaceAll('\u202f', '_')

test.each([
  ["L'eau monte aujourd'hui", 'L’eau monte aujourd’hui'],
  ['À suivre...', 'À suivre…'],
  ['Attention: danger!', 'Attention~: danger~!'],
  ['Quoi?! Non...', 'Quoi~?! Non…'],
  ['Attention : danger !', 'Attention~: danger~!'],
  ['Vrai; faux', 'Vrai~; faux'],
  ['Deux  :  trois', 'Deux~:  trois'],
  ['50% ou 50 %, soit 3 €', '50~% ou 50~%, soit 3~€'],
  ['«Oui» et « non »', '«~Oui~» et «~non~»'],
  ['Il dit "oui".', 'Il dit «~oui~».'],
  ['Il dit : "Non!" et sort', 'Il dit~: «~Non~!~» et sort'],
  ['l\'"école" (la "vraie")', 'l’«~école~» (la «~vraie~»)'],
  ['« Il dit "oui" »', '«~Il dit “oui”~»'],
  ['« Fin » : suite', '«~Fin~»~: suite'],
  ['(Vraiment?)', '(Vraiment~?)'],
  ['C# ? Oui', 'C#~? Oui'],
])('%s', (typed, better) => {
  expect(shown(typographic(typed))).toBe(better)
})

test.each([
  'Note_: déjà~! bien~; «~mis~» …',
  'https://exemple.fr/?a=b! et http://a.fr:80/c;d',
  'www.exemple.fr/a;b?c exemple.fr:8080',
  'a@b.fr, @nom@exemple.social',
  'à 14:30, à 3:1, en 16:9',
  'std::vector, a::b',
  'bravo :smile: et :+1:',
  'bravo :) et ;-)',
  '#Loire #C:',
  '`a: b!` puis `"c"`',
  'un écran de 15" et 5\'30',
  'un "guillemet seul',
  '"l\'un "l’autre" enfin"',
  'a &amp; b &#39;',
  'class="a" {"b":"c"}',
  'C:\\dossier',
  'Le "1er\njour"',
  '',
])('%s stays as it is, but for its apostrophes', (typed) => {
  const right = spaces(typed)
  expect(typographic(right)).toBe(right.replace("l'un", 'l’un'))
})

const piece = fc.constantFrom(
  ...Array.from('aéZ1 \n\t.,;:!?…\'"«»%€()[]`#@/\\&<\u00a0\u202f’“”中😀-–'),
  ' mot',
  '...',
  'https://a.fr/b',
  ':smile:',
)

test('what is right already stays right', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const once = typographic(pieces.join(''))
      expect(shown(typographic(once))).toBe(shown(once))
    }),
    { numRuns: 5000 },
  )
})

test('no word is lost or made up', () => {
  const words = (text: string) => text.replace(/[\s«»“”"'’….\u202f]/g, '')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      expect(words(typographic(text))).toBe(words(text))
    }),
    { numRuns: 2000 },
  )
})
