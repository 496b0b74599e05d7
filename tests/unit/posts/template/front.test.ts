import { expect, test } from 'vitest'
import { nearest } from '../../../../src/config/nearest.ts'
import { checkManners } from '../../../../src/posts/template/manners.ts'
import { parseTemplate, renderTemplate } from '../../../../src/posts/template/template.ts'
import { articleOf } from '../shipped.ts'

const fileOf = (front: string) => ({
  name: 'mine.liquid',
  source: `---\n${front}\n---\n{{ url }}`,
  nearest,
})
const settingsOf = (front: string) => parseTemplate(fileOf(front)).settings

test('a template that says nothing has a plain post', () => {
  const plain = {
    card: false,
    images: 0,
    thread: false,
    dropHashtags: false,
    language: null,
    visibility: 'public',
    silent: false,
    contentWarning: null,
  }
  expect(parseTemplate({ name: 'mine.liquid', source: '{{ url }}' }).settings).toEqual(plain)
  expect(settingsOf('')).toEqual(plain)
})

test.each([
  ['card: above', { card: 'above' }],
  ['images: 3', { images: 3 }],
  ['images: true', { images: 4 }],
  ['images: false', { images: 0 }],
  ['thread: split', { thread: 'split' }],
  ['thread: numbered', { thread: 'numbered' }],
  ['drop_hashtags: true', { dropHashtags: true }],
  ['language: pt-br', { language: 'pt-BR' }],
  ['visibility: private', { visibility: 'private' }],
  ['silent: true', { silent: true }],
  ['content_warning: "Chaud: {{ title }}"', { contentWarning: 'Chaud: {{ title }}' }],
  ['content_warning: ""', { contentWarning: null }],
  ['content_warning:', { contentWarning: null }],
])('%s', (front, changed) => {
  expect(settingsOf(front)).toMatchObject(changed)
})

test.each([
  ['card: 1', '2: card is true, false or above'],
  ['card: true\nimages: 5', '3: images is a number from 0 to 4, or true'],
  ['images: 1.5', '2: images is a number from 0 to 4'],
  ['thread: true', '2: thread is false, split or numbered'],
  ['drop_hashtags: [a]', '2: drop_hashtags is true or false'],
  ['language: français', '2: language is the code of a language: fr, en, pt-BR'],
  ['visibility: direct', '2: visibility is public, unlisted or private'],
  ['silent: "yes"', '2: silent is true or false'],
  ['content_warning: {{ title }}', '2: '],
  ['content_warning: [a]', '2: content_warning is a text in quotes'],
  ['card: true\ncontent_warning: "{{ titel }}"', '3: there is no “titel”; did you mean “title”?'],
  ['visibilty: public', '2: unknown setting “visibilty”; did you mean “visibility”?'],
  ['card: true\ncard: false', '3: front matter: '],
  ['- card', '2: the front matter is no list'],
])('%j is told by its line', (front, told) => {
  expect(() => settingsOf(front)).toThrow(`mine.liquid:${told}`)
})

test('a content warning is written like the rest, as plain words', async () => {
  const template = parseTemplate(
    fileOf(
      'content_warning: "{% if tags.size > 0 %}Sur {{ title }} {{ tags | hashtags }}{% endif %}"',
    ),
  )
  const warning = async (tags: string[]) => {
    const article = articleOf({ title: 'A & <b> "c"', tags })
    return (await renderTemplate(template, article, { hashtag: (name) => name })).contentWarning
  }
  expect(await warning([])).toBeNull()
  expect(await warning(['Loire'])).toBe('Sur A & <b> "c" #Loire')
})

test('what a platform has not is told, and which has it', () => {
  const manners = { Telegram: ['silent'], Mastodon: ['visibility', 'contentWarning'] } as const
  const check = (front: string) => checkManners(fileOf(front), 'Telegram', manners)
  expect(() => check('card: true\nvisibility: unlisted')).toThrow(
    'mine.liquid:3: “visibility” means nothing on Telegram; it is for Mastodon',
  )
  expect(() => check('content_warning: x')).toThrow('mine.liquid:2: “content_warning” means')
  expect(() => check('silent: true\nimages: 2')).not.toThrow()
})
