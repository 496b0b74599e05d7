import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** Prints every file that Node loads for the registry. */
const script = `
import { registerHooks } from 'node:module'
registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) })
await import(${JSON.stringify(new URL('../../../src/platforms/registry.ts', import.meta.url).href)})
`

test('knowing the platforms loads no client library', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout).toContain('platforms/telegram/index.ts')
  expect(stdout).not.toMatch(/node_modules\/(@atproto|masto|telegraf|undici|htmlparser2)\//)
})
