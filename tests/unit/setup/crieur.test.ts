import { symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { bringNode, type Checkout, makeCheckout } from './checkout.ts'

async function ready(): Promise<Checkout> {
  const checkout = await makeCheckout()
  await bringNode(checkout)
  await checkout.run('scripts/setup.mjs', ['start']).ended
  return checkout
}

describe('crieur', () => {
  test('runs main under our own Node, from any folder, with the arguments as typed', async () => {
    const checkout = await ready()
    const running = checkout.run('crieur.mjs', ['post', 'a b', '--json'], { cwd: tmpdir() })
    expect(await running.ended).toEqual({ code: 0, signal: null })
    const { args, node, flags, cwd } = JSON.parse(running.stdout())
    expect(args).toEqual(['post', 'a b', '--json'])
    expect(node).toMatch(/^v24\./)
    expect(flags).toEqual(['--max-semi-space-size=1'])
    expect(cwd).toBe(tmpdir())
    expect(running.stderr()).toBe('')
    expect(checkout.npmCalls()).toHaveLength(1)
  })

  test('sets up first where nothing is installed, and stdout stays clean', async () => {
    const checkout = await makeCheckout()
    await bringNode(checkout)
    const running = checkout.run('crieur.mjs', ['queue'])
    await running.ended
    expect(JSON.parse(running.stdout())).toMatchObject({ args: ['queue'] })
    expect(running.stderr()).toContain('installing')
  })

  test('works through a link, as npx makes one', async () => {
    const checkout = await ready()
    await symlink('../crieur.mjs', path.join(checkout.root, 'bin/crieur'))
    const running = checkout.run('bin/crieur', ['queue'])
    expect(await running.ended).toMatchObject({ code: 0 })
  })

  test('passes on the exit code', async () => {
    const checkout = await ready()
    expect(await checkout.run('crieur.mjs', ['exit', '3']).ended).toEqual({ code: 3, signal: null })
  })

  test('passes on the signal that ended it', async () => {
    const checkout = await ready()
    expect(await checkout.run('crieur.mjs', ['die']).ended).toEqual({
      code: null,
      signal: 'SIGKILL',
    })
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands %s on, once', async (signal) => {
    const checkout = await ready()
    const running = checkout.run('crieur.mjs', ['wait'])
    await running.says('ready')
    running.child.kill(signal)
    expect(await running.ended).toEqual({ code: 0, signal: null })
    expect(running.stdout()).toBe(`ready\n${signal} 1\n`)
  })
})
