import type { Article } from '../../articles/article.ts'

const bare: Article = {
  url: 'https://www.exemple.fr/2026/11/le-pont-rouvre-lundi/',
  title: 'Le pont rouvre lundi',
  excerpt: null,
  preface: null,
  content: null,
  credit: null,
  image: null,
  images: [],
  categories: [],
  tags: [],
  authors: [],
  language: null,
  publishedAt: null,
  updatedAt: null,
  posts: {},
}

const paragraph =
  'Après deux ans de travaux, le pont sur la Loire rouvre lundi\u00a0: d’abord aux vélos, puis aux autos. ' +
  '«\u00a0Enfin\u00a0!\u00a0», dit la maire & son équipe, <très> contente.'
const pictures = ['pont', 'loire', 'mairie', 'quai', 'gare'].map((name) => ({
  url: `https://www.exemple.fr/images/${name}.jpg`,
  alt: `Vue\u00a0: ${name}`,
}))

/** An article as most are, in French. */
export const ordinaryTrial: Article = {
  ...bare,
  title: 'Loire\u00a0: le pont «\u00a0neuf\u00a0» rouvre lundi aux vélos & aux piétons',
  excerpt: paragraph,
  preface: 'Une première, dit l’éditrice.',
  content: Array.from({ length: 12 }, () => paragraph).join('\n\n'),
  credit: 'Agence <Loire> & Cie',
  image: pictures[0] ?? null,
  images: pictures,
  categories: ['Vie locale'],
  tags: ['Ponts de Loire', 'Vélo', 'États-Unis', 'Covid-19', '2026', '交通'],
  authors: ['Une rédactrice'],
  language: 'fr',
  publishedAt: '2026-11-24T09:30:00.000Z',
  updatedAt: '2026-11-24T10:00:00.000Z',
}

/** Articles as few are: with nothing but an address and a title, without even words there, enormous. */
export const trials: readonly Article[] = [
  bare,
  { ...bare, title: '' },
  {
    ...ordinaryTrial,
    title: paragraph.repeat(30),
    excerpt: paragraph.repeat(60),
    content: Array.from({ length: 1200 }, () => paragraph).join('\n\n'),
    credit: paragraph,
    tags: Array.from({ length: 60 }, (_, at) => `Mot ${at}`),
  },
]
