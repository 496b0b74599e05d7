import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { spokenLocale } from '../../../src/config/load.ts'
import { temporaryFolder } from '../../support/store.ts'

test.each([
  { file: 'LOCALE=fr\nPORT=wrong\n', env: { LANG: 'en_GB.UTF-8' }, spoken: 'fr' },
  { file: 'LOCALE=fr\n', env: { LOCALE: 'en' }, spoken: 'en' },
  { file: '', env: { LANG: 'fr_FR.UTF-8' }, spoken: 'fr' },
  { file: '', env: {}, spoken: 'en' },
])(
  'a mistake is told in the language that .env ($file) and the environment ask for: $spoken',
  async ({ file, env, spoken }) => {
    await using home = await temporaryFolder()
    await writeFile(path.join(home.folder, '.env'), file)
    expect(await spokenLocale({ env, root: home.folder })).toBe(spoken)
  },
)
