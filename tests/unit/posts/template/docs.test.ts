import { expect, test } from 'vitest'
import { readTemplates } from '../../../../src/config/templates.ts'
import { checkTemplates } from '../../../../src/deliveries/draft.ts'
import { examples } from '../docs.ts'

const all = await examples()

test('what the page about templates says is what comes out', () => {
  expect(all.length).toBeGreaterThan(10)
  for (const { said, written } of all) expect(written).toEqual(said)
})

test('whoever copies an example from there can start with it', async () => {
  const shipped = await readTemplates()
  for (const { platform, file } of all) {
    if (!file.source.includes('\n{{ url }}')) continue
    await expect(checkTemplates({ ...shipped, [platform]: file })).resolves.toBeUndefined()
  }
})
