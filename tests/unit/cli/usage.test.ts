import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { run } from '../../../src/cli/run.ts'
import { temporaryFolder } from '../../support/store.ts'

const nowhere = () => Promise.reject(new Error('no room is to be entered'))

/** Types a command where nothing is set up: what is wrong in itself opens no ledger. */
async function type(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  await using home = await temporaryFolder()
  const said = { out: '', error: '' }
  const out = (to: 'out' | 'error') => ({ write: (text: string) => ((said[to] += text), true) })
  const code = await run(args, {
    env: { LANG: 'en', DATA_DIR: home.folder },
    root: home.folder,
    stdin: Readable.from([]),
    stdout: out('out'),
    stderr: out('error'),
    rooms: { web: nowhere, workers: nowhere, bots: nowhere },
    settledIn: () => undefined,
  })
  return { code, ...said }
}

test.each([
  [['approve'], 'crieur approve takes one id or more: see crieur approve --help.'],
  [['retry'], 'crieur retry takes one id or more: see crieur retry --help.'],
  [['retry', 'd1', '--all-failed'], '--all-failed stands in place of ids'],
  [['cancel', 'd1', '--account', 'mastodon'], '--all-failed stands in place of ids'],
  [['cancel', '--all-failed', '--since', 'ever'], '“ever” is no time to look back'],
  [['delete', '--all-failed'], 'crieur delete does not know --all-failed'],
  [['delete'], 'crieur delete takes one id or more'],
  [['retry', '--newest', '3', 'n1'], 'crieur retry does not know --newest'],
  [['approve', 'n1', '--newest', '0'], '--newest takes a number'],
  [['approve', 'n1', '--newest', 'all'], '--newest takes a number'],
  [['resolve', 'd1'], 'takes one of --published URL, --send-again and --leave.'],
  [['resolve', 'd1', '--leave', '--send-again'], 'takes one of --published URL'],
  [['resolve', 'd1', 'd2', '--leave'], 'crieur resolve takes one thing'],
  [['pause', 'one', 'two'], 'crieur pause takes one thing'],
])('%j is wrong usage, told in one line', async (args, told) => {
  const { code, out, error } = await type(...args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(error).toContain(told)
  expect(error.trimEnd()).not.toContain('\n')
})

test('with --json the same is one value on standard output', async () => {
  const { code, out } = await type('resolve', 'd1', '--json')
  expect(code).toBe(2)
  expect(JSON.parse(out)).toMatchObject({ error: { kind: 'usage-resolve' } })
})

test.each(['approve', 'retry', 'cancel', 'delete', 'resolve', 'pause', 'resume'])(
  'crieur %s says how it is used',
  async (name) => {
    const { code, out } = await type(name, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^crieur ${name} .*--json`))
  },
)
