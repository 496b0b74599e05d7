import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { wordsOf } from '../../../src/locale/words.ts'
import type { PlatformId } from '../../../src/platforms/platform.ts'
import type { Draft } from '../../../src/posts/post.ts'
import { drawingsOf } from '../../../src/web/drawings.ts'
import { draft as plain } from './house.ts'
import { told } from './browser.ts'

const author = { display: 'L’Écho', handle: '@echo', initial: 'É' }
const words = wordsOf('en')

async function drawn(platform: PlatformId, drafts: Partial<Draft>[], mayShow = true) {
  const rest = { author, at: null, words, pictureAt: (url: string) => (mayShow ? url : null) }
  const markup = await drawingsOf(
    platform,
    drafts.map((more) => ({ ...plain, ...more })),
    rest,
  )
  return parseHTML(`<!doctype html><html><body>${markup}</body></html>`).document
}

const images = [
  { url: 'https://journal.example/a.jpg', alt: 'Une "écluse" <fermée>' },
  { url: 'https://journal.example/b.jpg', alt: null },
]

describe.each(['telegram', 'bluesky', 'mastodon'] as const)('pictures on %s', (platform) => {
  test('stand in place of the card', async () => {
    const page = await drawn(platform, [{ images }])
    expect(page.querySelector('.card')).toBeNull()
    expect(page.querySelector('.pictures')?.getAttribute('data-count')).toBe('2')
    const shown = [...page.querySelectorAll('.pictures img')]
    expect(shown.map((one) => one.getAttribute('alt'))).toEqual(['Une "écluse" <fermée>', ''])
  })

  test('are links where a page may not show them', async () => {
    const page = await drawn(platform, [{ images }], false)
    expect(page.querySelectorAll('img')).toHaveLength(0)
    const links = [...page.querySelectorAll('.pictures a')]
    expect(links.map((one) => one.getAttribute('href'))).toEqual(images.map(({ url }) => url))
  })

  test('a thread is a list of its parts, each with its number and length', async () => {
    const page = await drawn(platform, [
      { text: 'Un', count: 2 },
      { text: 'Deux', count: 4 },
    ])
    const parts = [...page.querySelectorAll('ol.thread > li')]
    expect(parts.map((one) => told(one.querySelector('.text')))).toEqual(['Un', 'Deux'])
    expect(parts.map((one) => told(one.querySelector('.part')))).toEqual([
      'Part 1 of 2 2 / 300 characters',
      'Part 2 of 2 4 / 300 characters',
    ])
  })
})

test.each(['bluesky', 'mastodon'] as const)(
  'each picture on %s has what its site says of it beside it',
  async (platform) => {
    const page = await drawn(platform, [{ images }])
    const [described, bare] = page.querySelectorAll('figcaption')
    expect(told(described?.querySelector('summary') ?? null)).toBe('ALT')
    expect(told(described?.querySelector('p') ?? null)).toBe('Une "écluse" <fermée>')
    expect(told(bare ?? null)).toBe('No description')
  },
)

test('Telegram, which has no descriptions, shows no badge for one', async () => {
  const page = await drawn('telegram', [{ images }])
  expect(page.querySelectorAll('.pictures figure')).toHaveLength(2)
  expect(page.querySelector('figcaption')).toBeNull()
})

test('Telegram’s preview stands above the text where the template says so', async () => {
  const above = plain.card && { ...plain.card, above: true }
  const order = async (card: Draft['card']) =>
    [...(await drawn('telegram', [{ card }])).querySelectorAll('.card, .text')].map((one) =>
      one.getAttribute('class'),
    )
  expect(await order(above)).toEqual(['card', 'text'])
  expect(await order(plain.card)).toEqual(['text', 'card'])
})

test('behind a content warning Mastodon shows nothing until somebody asks', async () => {
  const manner = { ...plain.manner, contentWarning: 'Crue <grave>' }
  const page = await drawn('mastodon', [{ manner, images }])
  const folded = page.querySelector('details.warned')
  expect(told(folded?.querySelector('summary') ?? null)).toBe('Crue <grave> Show more')
  expect(folded?.hasAttribute('open')).toBe(false)
  expect(folded?.querySelector('.text')).not.toBeNull()
  expect(page.querySelectorAll('.text')).toHaveLength(1)
})
