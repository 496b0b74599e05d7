import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readTemplates } from '../../../src/config/templates.ts'
import { Problem } from '../../../src/locale/problem.ts'
import { parseTemplate } from '../../../src/posts/template/template.ts'
import { temporaryFolder } from '../../support/store.ts'

/** What is read where a data folder has these files in `templates/`, or the kind of the problem. */
async function read(
  files: Record<string, string | Uint8Array>,
  links: Record<string, string> = {},
) {
  await using home = await temporaryFolder()
  const folder = path.join(home.folder, 'templates')
  await mkdir(path.join(folder, 'deeper'), { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  for (const [name, to] of Object.entries(links)) await symlink(to, path.join(folder, name))
  return await readTemplates({ dataDir: home.folder, timeZone: 'Europe/Paris' }).catch(
    (error: unknown) => (error instanceof Problem ? error.kind : Promise.reject(error)),
  )
}

test('without any of one’s own those that ship are read, and they are without fault', async () => {
  await using home = await temporaryFolder()
  const templates = await readTemplates({ dataDir: home.folder, timeZone: 'UTC' })
  const { telegram, bluesky, mastodon } = templates
  expect([telegram, bluesky, mastodon].map(({ name }) => name)).toEqual([
    'templates/telegram.liquid',
    'templates/bluesky.liquid',
    'templates/mastodon.liquid',
  ])
  for (const file of [telegram, bluesky, mastodon]) expect(parseTemplate(file).lines.size).toBe(2)
  expect(await readTemplates()).toMatchObject({ bluesky: { source: bluesky.source } })
})

test('one’s own takes the place of what ships; what else is there are its partials', async () => {
  const templates = await read({
    'bluesky.liquid': '{% render "signature" %}',
    'signature.liquid': '{{ url }}',
    'notes.txt': 'nothing',
    '.hidden.liquid': 'nothing',
  })
  expect(templates).toMatchObject({
    bluesky: {
      name: expect.stringMatching(/\/templates\/bluesky\.liquid$/),
      source: '{% render "signature" %}',
      others: { 'signature.liquid': '{{ url }}' },
      timeZone: 'Europe/Paris',
    },
    // what ships knows nothing of them
    telegram: { name: 'templates/telegram.liquid', others: {} },
  })
})

test.each([
  [
    'a text that is not UTF-8',
    { 'bluesky.liquid': new Uint8Array([0x65, 0xe9]) },
    'template-no-text',
  ],
  ['more than 100 KB', { 'bluesky.liquid': 'x'.repeat(100_001) }, 'template-too-long'],
  ['a partial that is too long', { 'mine.liquid': 'x'.repeat(100_001) }, 'template-too-long'],
])('%s is refused', async (_what, files, kind) => {
  expect(await read(files)).toBe(kind)
})

test.each([
  ['a link that leads out', { 'bluesky.liquid': '/etc/hostname' }, 'template-outside'],
  ['a link up', { 'mine.liquid': '../other.liquid' }, 'template-unreadable'],
  ['a link to nothing', { 'bluesky.liquid': 'nothing' }, 'template-unreadable'],
  ['a folder in a template’s place', { 'bluesky.liquid': 'deeper' }, 'template-unreadable'],
])('%s is refused', async (_what, links, kind) => {
  expect(await read({}, links)).toBe(kind)
})

test('a link within the folder is as good as a file', async () => {
  const templates = await read({ 'mine.liquid': '{{ url }}' }, { 'bluesky.liquid': 'mine.liquid' })
  expect(templates).toMatchObject({ bluesky: { source: '{{ url }}' } })
})
