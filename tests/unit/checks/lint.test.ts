import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const repository = path.resolve(import.meta.dirname, '../../..')

/** Where a bad file stands, what is bad about it, and the rule that must say so. */
const bad: [file: string, code: string, rule: string][] = [
  ['src/net/a.ts', 'fetch("x")', 'no-floating-promises'],
  ['src/net/b.ts', '[1].forEach(async () => { await 0 })', 'no-misused-promises'],
  ['src/net/c.ts', 'export const x = (y: any) => y', 'no-explicit-any'],
  ['src/net/d.ts', 'export const x = (y?: string) => y!.length', 'no-non-null-assertion'],
  ['src/net/e.ts', 'export const x = JSON.parse("1") as string', 'consistent-type-assertions'],
  [
    'src/net/f.ts',
    'import { Server } from "node:http"\nexport type X = Server',
    'consistent-type-imports',
  ],
  ['src/net/g.ts', 'const unused = 1', 'no-unused-vars'],
  ['src/net/h.ts', 'console.log(1)', 'no-console'],
  ['src/net/i.ts', 'export const x = (y: number) => y == 1', 'eqeqeq'],
  ['src/net/j.ts', '// @ts-ignore\nexport const x: string = 1', 'ban-ts-comment'],
  ['src/net/k.ts', 'export default 1', 'no-default-export'],
  ['src/net/l.ts', 'export const x = process.env["HOME"]', 'no-process-env'],
  ['src/net/m.ts', 'import { env } from "node:process"\nexport { env }', 'no-restricted-imports'],
  ['src/posts/a.ts', 'export const x = () => new Date()', 'no-ambient-time'],
  ['src/deliveries/a.ts', 'export const x = () => Date.now()', 'no-ambient-time'],
  ['src/engagement/a.ts', 'export const x = () => Math.random()', 'no-ambient-time'],
  [
    'src/deliveries/b.ts',
    'import { randomUUID } from "node:crypto"\nexport const x = () => randomUUID()',
    'no-ambient-time',
  ],
  ['tests/unit/a.ts', 'import { vi } from "vitest"\nvi.mock("node:fs")', 'no-module-mocks'],
  ['tests/unit/b.ts', 'import { vi } from "vitest"\nvi.doMock("node:fs")', 'no-module-mocks'],
  ['tests/unit/c.ts', 'import { vi } from "vitest"\nvi.stubGlobal("a", 1)', 'no-module-mocks'],
  ['tests/unit/d.ts', 'setTimeout(() => undefined, 10)', 'no-sleep'],
  ['tests/unit/e.ts', 'globalThis.setTimeout(() => undefined, 10)', 'no-sleep'],
  [
    'tests/unit/f.ts',
    'import { setTimeout as after } from "node:timers/promises"\nawait after(10)',
    'no-sleep',
  ],
  [
    'tests/unit/g.test.ts',
    'import { test } from "vitest"\ntest.skip("x", () => {})',
    'no-disabled-tests',
  ],
  [
    'tests/unit/h.test.ts',
    'import { test } from "vitest"\ntest.only("x", () => {})',
    'no-focused-tests',
  ],
]

/** What is right where it stands, though it would be wrong elsewhere. */
const good: [file: string, code: string][] = [
  ['src/config/a.ts', 'export const x = process.env["HOME"]'],
  ['src/main.ts', 'export const x = process.env["HOME"]'],
  ['src/posts/b.ts', 'export const x = (now: Date) => new Date(now.getTime() + 1)'],
  ['src/net/n.ts', 'setTimeout(() => undefined, 10).unref()'],
  ['src/net/o.ts', 'export const x = ["a"] as const'],
]

const report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
})
let found: Map<string, string[]>
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crieur-lint-'))
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'scripts', 'node_modules']) {
    await symlink(path.join(repository, name), path.join(folder, name))
  }
  for (const [file, code] of [...bad, ...good]) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), `${code}\n`)
  }
  const { diagnostics } = report.parse(JSON.parse(await oxlint('--type-aware', 'src', 'tests')))
  found = Map.groupBy(diagnostics, ({ filename }) => filename)
    .entries()
    .reduce(
      (all, [file, some]) =>
        all.set(
          file,
          some.map(({ code }) => code),
        ),
      new Map<string, string[]>(),
    )
})
afterAll(() => rm(folder, { recursive: true }))

function oxlint(...args: string[]): Promise<string> {
  const program = path.join(repository, 'node_modules/oxlint/bin/oxlint')
  return new Promise((resolve) => {
    execFile(process.execPath, [program, '-f', 'json', ...args], { cwd: folder }, (_, stdout) =>
      resolve(stdout),
    )
  })
}

describe('the linter', () => {
  test.each(bad)('%s: %s is refused', (file, _, rule) => {
    expect(found.get(file)).toEqual(expect.arrayContaining([expect.stringContaining(`(${rule})`)]))
  })

  test.each(good)('%s: %s is fine', (file) => {
    expect(found.get(file) ?? []).toEqual([])
  })

  test('is excused nowhere', async () => {
    const excuse = new RegExp(['oxlint', 'eslint'].map((name) => `${name}-disable`).join('|'))
    const excused: string[] = []
    for (const room of ['src', 'jobs', 'tests', 'scripts', 'bench']) {
      const names = await readdir(path.join(repository, room), { recursive: true }).catch(() => [])
      for (const name of names.filter((one) => /\.m?[jt]s$/.test(one))) {
        const file = path.join(repository, room, name)
        if (excuse.test(await readFile(file, 'utf8'))) excused.push(file)
      }
    }
    expect(excused).toEqual([])
  })
})
