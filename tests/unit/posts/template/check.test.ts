import { describe, expect, test } from 'vitest'
import { readTemplates } from '../../../../src/config/templates.ts'
import { checkTemplates } from '../../../../src/deliveries/draft.ts'

const templates = await readTemplates()

/** Checks the shipped templates with this one in place of Bluesky’s. */
const check = async (source: string) =>
  checkTemplates({ ...templates, bluesky: { name: 'bluesky.liquid', source } })

test('the shipped templates are in order', async () => {
  await expect(checkTemplates(templates)).resolves.toBeUndefined()
})

test.each(['telegram', 'bluesky', 'mastodon'] as const)(
  'an address as it is written leads there: %s',
  async (platform) => {
    const file = { name: `${platform}.liquid`, source: '{{ title }}\n\n{{ url }}' }
    await expect(checkTemplates({ ...templates, [platform]: file })).resolves.toBeUndefined()
  },
)

describe('a template is refused before there is anything to post', () => {
  test.each([
    ['its posts lead nowhere', '{{ title }}', /^bluesky\.liquid: its posts would lead nowhere/],
    [
      'it writes nothing',
      '{% if false %}{{ url }}{% endif %}',
      /^bluesky\.liquid: nothing is left/,
    ],
    ['it is empty', '', /^bluesky\.liquid: nothing is left/],
    [
      'it is too long for ordinary articles',
      '{{ content }}\n{{ url }}',
      /^bluesky\.liquid: what may not be shortened is \d+ characters too long/,
    ],
    [
      'a picture has no such member',
      '{{ title }}\n{{ image.ur }} {{ url }}',
      /^bluesky\.liquid:2: image has no “ur”; there are url, alt/,
    ],
    ['a list has none', '{{ tags.length }}{{ url }}', /^bluesky\.liquid:1: tags has no “length”/],
    [
      'a picture of several has none',
      '{{ images[0].src }} {{ url }}',
      /^bluesky\.liquid:1: a picture of images has no “src”/,
    ],
    [
      'a letter of a date means nothing',
      '{{ url }}\n{{ publishedAt | date: "%d %Q" }}',
      /^bluesky\.liquid:2: “%Q” stands for nothing in a date/,
    ],
    [
      'it fails where an article lacks something',
      '{{ url }}{% unless excerpt %}<b>{% endunless %}',
      /^bluesky\.liquid: <b> is not closed/,
    ],
  ])('where %s', async (_why, source, message) => {
    await expect(check(source)).rejects.toMatchObject({
      name: 'TemplateError',
      message: expect.stringMatching(message),
    })
  })
})

test('a card leads nowhere on Mastodon, whose server makes it from the text’s link', async () => {
  const source = '---\ncard: true\n---\n<fit>{{ title }}</fit>'
  const mastodon = { name: 'mastodon.liquid', source }
  await expect(checkTemplates({ ...templates, mastodon })).rejects.toThrow(
    'mastodon.liquid: its posts would lead nowhere',
  )
})

test('the card that stands in for pictures leads nowhere where they go out', async () => {
  await expect(check('---\nimages: 1\n---\n{{ title }}')).rejects.toThrow(
    'bluesky.liquid: its posts would lead nowhere',
  )
})

test.each([
  ['a title that must stay', '{{ title }} {{ url }}'],
  ['a card alone', '---\ncard: true\n---\n<fit>{{ title }}</fit>'],
  ['a thread', '---\nthread: numbered\n---\n{{ content }}\n\n<a href="{{ url }}">lire</a>'],
  [
    'members of pictures, lists and what it loops over',
    '{{ images.first.alt }}{{ images[1].url | size }}{{ tags.size }}{{ tags[0] }}{{ tags.last }}' +
      '{% for one in images %}{{ one.alt | size }}{{ forloop.index }}{% endfor %}{{ title.size }} {{ url }}',
  ],
  ['a link only where there is an excerpt', '{{ title }}{% if excerpt %} {{ url }}{% endif %}'],
])('a template may have %s', async (_what, source) => {
  await expect(check(source)).resolves.toBeUndefined()
})
