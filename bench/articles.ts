import type { Article } from '../src/articles/article.ts'

const PROSE =
  'Après deux ans de travaux, le canal rouvre samedi. « Enfin ! », dit l’éclusière : M. Durand n’y croyait plus. ' +
  'Les péniches passeront à 9 h 30, avec 12 % de gabarit en plus ; l’eau, elle, est déjà là… Voir https://canal.example/horaires. '
const THAI = 'คลองเปิดอีกครั้งในวันเสาร์หลังจากการก่อสร้างสองปีและเรือจะผ่านตอนเก้าโมง'
const EMOJI = '👨‍👩‍👧‍👦🇫🇷👩🏽‍🚀é̂'

/** Texts of so many characters, each of a kind that may take its time. */
export const texts: Readonly<Record<string, (length: number) => string>> = {
  prose: (length) => filled(`${PROSE}`.repeat(4) + '\n\n', length),
  'short paragraphs': (length) => filled('Le canal rouvre samedi.\n\n', length),
  addresses: (length) => filled('https://canal.example/horaires?a=1 @canal #canal ', length),
  'one paragraph': (length) => filled(PROSE, length),
  'without a space': (length) => filled('écluse', length),
  'without a stop': (length) => filled('écluse et péniche ', length),
  Thai: (length) => filled(THAI, length),
  emoji: (length) => filled(EMOJI, length),
  'signs only': (length) => filled('. . . « ( — ', length),
}

/** A page around a text: in a theme's container, where only readability finds it, or each word in an element. */
export function pageOf(text: string, shape: 'theme' | 'plain' | 'tagged'): string {
  const words = (line: string) =>
    shape === 'tagged'
      ? line.replace(
          /\S{1,12}/gu,
          (word) => `<a href="/tag/${word.length}/"><em>${escaped(word)}</em></a>`,
        )
      : escaped(line)
  const body = text
    .split('\n\n')
    .map((line) => `<p>${words(line)}</p>`)
    .join('\n')
    .slice(0, Math.max(text.length, 1000))
  const holder = shape === 'plain' ? 'texte' : 'entry-content'
  return (
    `<!doctype html><html lang="fr"><head><title>Le canal rouvre</title>` +
    `<meta property="og:type" content="article"><meta property="og:description" content="Samedi, à l’aube.">` +
    `</head><body class="single single-post"><article><h1>Le canal rouvre</h1>` +
    `<div class="${holder}">${body}</div></article></body></html>`
  )
}

/** An article with that text both as its content and as its excerpt. */
export function articleOfWords(text: string): Article {
  return {
    url: 'https://journal.example/2026/11/le-canal-rouvre/',
    title: 'Le canal rouvre',
    excerpt: text,
    preface: null,
    content: text,
    credit: 'La Gazette',
    image: null,
    images: [],
    categories: ['Vie locale'],
    tags: ['canal', 'péniches', 'écluses'],
    authors: [],
    language: 'fr',
    publishedAt: null,
    updatedAt: null,
    posts: {},
  }
}

function filled(piece: string, length: number): string {
  return piece
    .repeat(Math.ceil(length / piece.length))
    .slice(0, length)
    .toWellFormed()
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
