import { describe, expect, test } from 'vitest'
import { readTemplates } from '../../../src/config/templates.ts'
import { checkShareTemplate } from '../../../src/shares/check.ts'

const words = '<fit>{{ title }}</fit>\n\n{{ url }}'
const check = (source: string, others: Record<string, string> = {}) =>
  checkShareTemplate({ name: 'templates/share.liquid', source, others })

describe('a template for what is shared, which has one part', () => {
  test('is as it ships', async () => {
    await expect(checkShareTemplate((await readTemplates()).share)).resolves.toBeUndefined()
  })

  test.each([
    ['thread: split', `---\ndrop_hashtags: true\nthread: split\n---\n${words}`, 3],
    ['thread: numbered', `---\nthread: numbered\n---\n${words}`, 2],
    ['<hr>', `---\ncard: true\n---\n${words}\n<hr>\n{{ excerpt }}`, 7],
    [
      '<hr> that not every article gets',
      `${words}\n{% if content == 'x' %}\n<hr>{{ excerpt }}{% endif %}`,
      5,
    ],
  ])('is refused with %s, by file and line', async (_what, source, line) => {
    await expect(check(source)).rejects.toThrow(
      `templates/share.liquid:${line}: a share has one part: no thread, no <hr>`,
    )
  })

  test('is refused where a file that it takes in has an <hr>', async () => {
    const others = { 'end.liquid': '\n<hr>{{ url }}' }
    await expect(check(`${words}{% render 'end', url: url %}`, others)).rejects.toThrow(
      'templates/end.liquid:2: a share has one part',
    )
  })

  test('may say that it has no thread', async () => {
    await expect(check(`---\nthread: false\n---\n${words}`)).resolves.toBeUndefined()
  })
})
