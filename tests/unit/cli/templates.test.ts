import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { run } from '../../../src/cli/run.ts'
import { temporaryFolder } from '../../support/store.ts'

const nowhere = () => Promise.reject(new Error('no room is to be entered'))

/** Types a command where somebody wrote a template for Bluesky. */
async function type(template: string, locale: string, args: string[]) {
  await using home = await temporaryFolder()
  const folder = path.join(home.folder, 'templates')
  await mkdir(folder)
  await writeFile(path.join(folder, 'bluesky.liquid'), template)
  const said = { out: '', error: '' }
  const to = (where: 'out' | 'error') => ({
    write: (text: string) => ((said[where] += text), true),
  })
  const code = await run(args, {
    env: { LOCALE: locale, DATA_DIR: home.folder },
    root: home.folder,
    stdin: Readable.from(['{"url":"https://exemple.fr/a","title":"A","excerpt":"B"}']),
    stdout: to('out'),
    stderr: to('error'),
    rooms: { web: nowhere, workers: nowhere, bots: nowhere },
    settledIn: () => undefined,
  })
  return { code, ...said }
}

test.each([[['start']], [['post', '-']], [['preview', '-']]])(
  '%j with a mistake in a template is wrong configuration, told with file and line',
  async (args) => {
    const { code, out, error } = await type('{{ title }}\n\n\n{{ urI }}', 'en', args)
    expect(code).toBe(3)
    expect(out).toBe('')
    expect(error).toMatch(
      /^A template has a mistake.*\/templates\/bluesky\.liquid:4: there is no “urI”; did you mean “url”\?\n$/,
    )
  },
)

test.each([
  ['{{ title }}', 'bluesky.liquid: its posts would lead nowhere'],
  ['', 'bluesky.liquid: '],
  ['{% for i in (1..900000000) %}{{ url }}{% endfor %}', 'bluesky.liquid:1: a range goes'],
  ['{{ url }} {{ "%}" ', 'bluesky.liquid:1: '],
  ['---\nvisibility: unlisted\n---\n{{ url }}', 'bluesky.liquid:2: “visibility” means nothing'],
])('%s stops a start, in the reader’s language', async (template, told) => {
  const { code, error } = await type(template, 'fr', ['start'])
  expect(code).toBe(3)
  expect(error).toContain('Un modèle contient une erreur')
  expect(error).toContain(told)
  expect(error.trimEnd()).not.toContain('\n')
})

test('a template of one’s own is what preview shows', async () => {
  const { code, out } = await type('Lisez : {{ url }}', 'fr', ['preview', '-', '--to', 'bluesky'])
  expect(out).toContain('Lisez : https://exemple.fr/a')
  expect(code).toBe(0)
})
