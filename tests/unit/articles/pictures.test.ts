import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readArticle } from '../../../src/articles/read.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { type SampleSite, startSite } from '../../../src/sandbox/site.ts'
import { servePages } from '../net/serve.ts'

const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
afterAll(() => fetch.close())

const words =
  '<p>Samedi matin, la passerelle du canal a rouvert devant une foule de curieux, de chiens et de vélos.</p>' +
  '<p>Il aura fallu deux hivers, trois devis et une pétition pour que les planches soient enfin changées.</p>'
const bridge = '<figure><img src="/pont-1024x683.jpg" alt="Le pont"></figure>'
const crowd = '<figure><img src="/foule.jpg" alt=""></figure>'

async function picturesOf(
  { head = '', before = '', text }: { head?: string; before?: string; text: string },
  json: object | null = null,
) {
  const link = json ? '<link rel="alternate" type="application/json" href="/json">' : ''
  await using site = await servePages(() => ({
    '/a': `<!doctype html><title>La passerelle</title>${link}${head}<body class="single"><article>
      <h1>La passerelle</h1>${before}${text}</article>`,
    '/json?_embed=1': { type: 'application/json', body: JSON.stringify(json) },
  }))
  const { image, images } = (await readArticle(`${site.url}/a`, { fetch })).article
  const local = images.map(({ url, alt }) => ({ url: url.replace(site.url, ''), alt }))
  expect(image).toEqual(images[0] ?? null)
  return local
}

const inEntry = (html: string) => `<div class="entry-content">${html}</div>`

describe('the pictures of a page', () => {
  test('are the featured one, then those in the text', async () => {
    const before = '<img class="wp-post-image" src="/mairie.jpg" alt="La mairie">'
    expect(await picturesOf({ before, text: inEntry(words + bridge + crowd) })).toEqual([
      { url: '/mairie.jpg', alt: 'La mairie' },
      { url: '/pont-1024x683.jpg', alt: 'Le pont' },
      { url: '/foule.jpg', alt: null },
    ])
  })

  test('are each there once, in the size that the site gives to others', async () => {
    const head = '<meta property="og:image" content="/pont-scaled.jpg">'
    expect(await picturesOf({ head, text: inEntry(bridge + words + crowd) })).toEqual([
      { url: '/pont-scaled.jpg', alt: 'Le pont' },
      { url: '/foule.jpg', alt: null },
    ])
  })

  test('are found where no mark says what the text is', async () => {
    const pictures = [
      { url: '/pont-1024x683.jpg', alt: 'Le pont' },
      { url: '/foule.jpg', alt: null },
    ]
    expect(await picturesOf({ text: words.repeat(3) + bridge + crowd })).toEqual(pictures)
    expect(await picturesOf({ text: `<p>Bref.</p>${bridge}${crowd}` })).toEqual(pictures)
  })

  test('are none of what stands around the text', async () => {
    const share = '<div class="sharedaddy"><figure><img src="/x.png" width="300"></figure></div>'
    const related = '<div class="related-posts"><figure><img src="/autre.jpg"></figure></div>'
    const after = '<aside><figure><img src="/pub.jpg" width="300"></figure></aside>'
    expect(await picturesOf({ text: inEntry(share + words + related) + after })).toEqual([])
  })
})

describe('the pictures of a site’s JSON', () => {
  const post = {
    id: 4,
    link: '/a',
    title: { rendered: 'La passerelle' },
    content: { rendered: words + bridge + crowd },
  }
  const media = { source_url: '/mairie.jpg', alt_text: '' }

  test('are the featured one, then those of its content', async () => {
    const json = { ...post, _embedded: { 'wp:featuredmedia': [media] } }
    expect(await picturesOf({ text: inEntry(words) }, json)).toEqual([
      { url: '/mairie.jpg', alt: null },
      { url: '/pont-1024x683.jpg', alt: 'Le pont' },
      { url: '/foule.jpg', alt: null },
    ])
  })

  test('have the words that the text has for the featured one', async () => {
    const featured = { ...media, source_url: '/pont-scaled.jpg' }
    const json = { ...post, _embedded: { 'wp:featuredmedia': [featured] } }
    expect(await picturesOf({ text: inEntry(words) }, json)).toEqual([
      { url: '/pont-scaled.jpg', alt: 'Le pont' },
      { url: '/foule.jpg', alt: null },
    ])
  })

  test('are those of its content where none is featured', async () => {
    expect(await picturesOf({ text: inEntry(words) }, post)).toHaveLength(2)
  })
})

describe('the pictures of the sample site', () => {
  let site: SampleSite
  beforeAll(async () => {
    site = await startSite({ port: 0 })
  })
  afterAll(() => site.close())

  const read = async (id: number) => (await readArticle(`${site.url}/?p=${id}`, { fetch })).article

  test('may all be in the text', async () => {
    const { image, images } = await read(11)
    expect(images.map(({ url }) => url.replace(/^.*\//, ''))).toEqual(['ecluse.jpg', 'nuit.jpg'])
    expect(images.map(({ alt }) => alt)).not.toContain(null)
    expect(image).toEqual(images[0])
    expect((await globalThis.fetch(String(image?.url))).status).toBe(200)
  })

  test('may be described by nobody', async () => {
    expect((await read(8)).images).toEqual([
      { url: `${site.url}/wp-content/uploads/2026/02/ecluse.jpg`, alt: null },
    ])
  })

  test('may be none at all', async () => {
    expect(await read(17)).toMatchObject({ image: null, images: [] })
  })
})
