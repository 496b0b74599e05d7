import { once } from 'node:events'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Checkout, makeCheckout, makeGate } from './checkout.ts'

const manifest = z.object({ scripts: z.record(z.string(), z.string()) })

async function setUp(checkout: Checkout, purpose: 'start' | 'test', env = {}) {
  const running = checkout.run('scripts/setup.mjs', [purpose], { env })
  const { code } = await running.ended
  return { code, stdout: running.stdout(), stderr: running.stderr() }
}

describe('set-up', () => {
  test('installs what the product needs, says so in one line on stderr, and only once', async () => {
    const checkout = await makeCheckout()
    const first = await setUp(checkout, 'start')
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toMatch(/^Crieur: installing .+: first run here\.\n$/)
    expect(await setUp(checkout, 'start')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(checkout.npmCalls()).toHaveLength(1)
    expect(checkout.npmCalls()[0]).toMatch(/^install .*--ignore-scripts.* --omit=dev$/)
  })

  test('adds the tools for the tests, and a later start does not take them away', async () => {
    const checkout = await makeCheckout()
    await setUp(checkout, 'start')
    const tools = await setUp(checkout, 'test')
    expect(tools.stderr).toContain('the tools for the tests are not here yet')
    await setUp(checkout, 'test')
    await appendFile(path.join(checkout.root, 'package-lock.json'), ' ')
    const changed = await setUp(checkout, 'start')
    expect(changed.stderr).toContain('the list of packages has changed')
    expect(checkout.npmCalls().map((call) => call.split(' ').at(-1))).toEqual([
      '--omit=dev',
      '--include=dev',
      '--include=dev',
    ])
  })

  test('an install that fails is told with what to do, and tried again', async () => {
    const checkout = await makeCheckout()
    const broken = path.join(checkout.root, 'broken')
    await writeFile(broken, '')
    const failed = await setUp(checkout, 'start')
    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain('npm ended with 7')
    expect(failed.stderr).toContain('Check the network')
    expect(failed.stderr).not.toContain('    at ')
    await rm(broken)
    expect(await setUp(checkout, 'start')).toMatchObject({ code: 0 })
  })

  test('speaks French to whoever does', async () => {
    const { stderr } = await setUp(await makeCheckout(), 'start', { LANG: 'fr_FR.UTF-8' })
    expect(stderr).toMatch(/^Crieur : installation .+ : premier lancement ici\.\n$/)
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'an install ended by %s is made good by the next one',
    async (signal) => {
      const checkout = await makeCheckout()
      await setUp(checkout, 'start')
      await appendFile(path.join(checkout.root, 'package-lock.json'), ' ')
      const gate = makeGate(checkout)
      const killed = checkout.run('scripts/setup.mjs', ['start'])
      await killed.says('installing')
      killed.child.kill(signal)
      await once(killed.child, 'exit')
      await gate.open()
      await rm(path.join(checkout.root, 'gate'))
      const next = await setUp(checkout, 'start')
      expect(next).toMatchObject({ code: 0 })
      expect(next.stderr).toContain('cut off')
    },
  )

  test('of two at once one installs and the other waits', async () => {
    const checkout = await makeCheckout()
    const gate = makeGate(checkout)
    const one = checkout.run('scripts/setup.mjs', ['start'])
    await one.says('installing')
    const other = checkout.run('scripts/setup.mjs', ['start'])
    await other.says('waiting')
    await gate.open()
    expect(await Promise.all([one.ended, other.ended])).toMatchObject([{ code: 0 }, { code: 0 }])
    expect(checkout.npmCalls()).toHaveLength(1)
  })

  test('a lock whose holder died is nobody’s', async () => {
    const checkout = await makeCheckout()
    const lock = path.join(checkout.root, 'node_modules', '.crieur-setup-lock')
    await mkdir(lock, { recursive: true })
    await writeFile(path.join(lock, 'pids'), '2147483646 2147483645')
    const { code, stderr } = await setUp(checkout, 'start')
    expect(code).toBe(0)
    expect(stderr).not.toContain('waiting')
  })
})

/** `.npmrc` forbids packages' scripts, and npm then skips `prestart` and `pretest` too. */
test('npm’s own scripts do not rely on hooks that npm leaves out', async () => {
  const { scripts } = manifest.parse(JSON.parse(await readFile('package.json', 'utf8')))
  expect(Object.keys(scripts).filter((name) => /^(pre|post)/.test(name))).toEqual([])
  for (const name of ['start', 'test']) {
    expect(scripts[name]).toMatch(
      new RegExp(`^node scripts/setup\\.mjs ${name} && hash -r && (exec )?node `),
    )
  }
})
