import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const repository = path.resolve(import.meta.dirname, '../../..')

/** A deliberately wrong import: who, whom, and the rule that must refuse it. `type` marks a type-only one. */
const wrong: [from: string, to: string, rule: string, kind?: 'type'][] = [
  ['src/deliveries/a.ts', 'src/cli/x.ts', 'one-way-from-deliveries'],
  ['src/engagement/a.ts', 'jobs/x.ts', 'one-way-from-deliveries'],
  ['src/shares/a.ts', 'src/web/x.ts', 'one-way-from-deliveries'],
  ['src/articles/a.ts', 'src/deliveries/x.ts', 'one-way-from-sources'],
  ['src/articles/b.ts', 'src/shares/x.ts', 'one-way-from-sources'],
  ['src/accounts/a.ts', 'src/deliveries/x.ts', 'one-way-from-sources', 'type'],
  ['src/platforms/a.ts', 'src/accounts/x.ts', 'one-way-from-platforms'],
  ['src/posts/a.ts', 'src/platforms/x.ts', 'one-way-from-posts'],
  ['src/notices/a.ts', 'src/posts/x.ts', 'one-way-from-notices'],
  ['src/store/a.ts', 'src/articles/x.ts', 'one-way-from-store'],
  ['src/net/a.ts', 'src/notices/x.ts', 'one-way-from-store'],
  ['src/posts/b.ts', 'src/net/x.ts', 'posts-pure'],
  ['src/platforms/b.ts', 'src/store/x.ts', 'platforms-know-little'],
  ['src/platforms/c.ts', 'src/queue/x.ts', 'platforms-know-little', 'type'],
  ['src/platforms/d.ts', 'src/posts/x.ts', 'platforms-take-types-of-posts'],
  ['src/platforms/telegram/a.ts', 'src/platforms/bluesky/x.ts', 'platforms-apart'],
  ['src/cli/a.ts', 'src/web/x.ts', 'doors-apart-cli'],
  ['src/web/a.ts', 'jobs/x.ts', 'doors-apart-web'],
  ['src/bot/a.ts', 'src/cli/x.ts', 'doors-apart-bot'],
  ['jobs/a.ts', 'src/web/x.ts', 'doors-apart-jobs'],
  ['src/deliveries/b.ts', 'src/app.ts', 'app-for-doors', 'type'],
  ['src/cli/b.ts', 'src/main.ts', 'main-is-first'],
  ['src/deliveries/c.ts', 'src/sandbox/x.ts', 'sandbox-aside'],
  ['src/sandbox/a.ts', 'src/posts/x.ts', 'sandbox-knows-little'],
  ['src/config/a.ts', 'src/net/x.ts', 'config-by-itself'],
  ['src/net/b.ts', '@atproto/api', 'atproto-at-home'],
  ['src/platforms/telegram/b.ts', 'masto', 'masto-at-home'],
  ['src/web/b.ts', 'telegraf', 'telegraf-at-home'],
  ['jobs/b.ts', 'bullmq', 'bullmq-at-home'],
  ['src/deliveries/d.ts', 'pg', 'pg-at-home'],
  ['src/net/c.ts', 'vitest', 'product-brings-its-packages'],
  ['src/net/d.ts', 'tests/x.ts', 'product-without-tests'],
  ['src/net/e.ts', 'src/net/nowhere.ts', 'nothing-missing'],
]

/** What the rules allow, though it looks like what they refuse. */
const right: [from: string, to: string, kind?: 'type'][] = [
  ['src/posts/c.ts', 'src/articles/x.ts', 'type'],
  ['src/platforms/e.ts', 'src/posts/x.ts', 'type'],
  ['src/store/b.ts', 'src/articles/x.ts', 'type'],
  ['src/deliveries/e.ts', 'src/articles/x.ts'],
  ['src/sandbox/b.ts', '@atproto/api'],
  ['src/bot/b.ts', 'telegraf'],
  ['src/web/c.ts', 'src/app.ts', 'type'],
]

const ruleSet = z.object({
  default: z.object({
    forbidden: z.array(z.object({ name: z.string(), comment: z.string() })),
  }),
})
let folder: string
let said: string
let status: number

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crieur-rules-'))
  await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'))
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
    await cp(path.join(repository, name), path.join(folder, name))
  }
  const targets = [...wrong, ...right].map(([, to]) => to).filter((to) => to.endsWith('/x.ts'))
  for (const to of [...targets, 'src/app.ts', 'src/main.ts']) {
    await write(to, 'export const x = 1\nexport type X = number')
  }
  for (const [from, to, , kind] of wrong) await write(from, importOf(from, to, kind))
  for (const [from, to, kind] of right) await write(from, importOf(from, to, kind))
  await write('src/net/circle.ts', importOf('src/net/circle.ts', 'src/net/round.ts'))
  await write('src/net/round.ts', importOf('src/net/round.ts', 'src/net/circle.ts'))
  const run = await rules()
  said = run.said
  status = run.status
})
afterAll(() => rm(folder, { recursive: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
  await writeFile(path.join(folder, file), `${text}\n`)
}

function importOf(from: string, to: string, kind?: 'type'): string {
  const relative = path.relative(path.dirname(from), to)
  const own = to.endsWith('.ts')
  const address = !own ? to : relative.startsWith('.') ? relative : `./${relative}`
  return kind === 'type'
    ? `import type { X } from '${address}'\nexport type Y = X`
    : `import * as y from '${address}'\nexport const x = y`
}

function rules(): Promise<{ said: string; status: number }> {
  const script = path.join(repository, 'scripts/dependencies.mjs')
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script], { cwd: folder }, (_, stdout, stderr) =>
      resolve({ said: stdout + stderr, status: child.exitCode ?? -1 }),
    )
  })
}

/** The rules that refuse what that file imports. */
function refusals(from: string): string[] {
  const lines = said.split('\n')
  return lines.flatMap((line, at) =>
    line.startsWith(`${from} → `) ? [lines[at + 1]?.trim().split(':')[0] ?? ''] : [],
  )
}

describe('the dependency rules', () => {
  test('fail as a whole where one import is wrong', () => {
    expect(status).toBe(1)
  })

  test.each(wrong)('%s must not import %s: %s', (from, _, rule) => {
    expect(refusals(from)).toContain(rule)
  })

  test.each(right)('%s may import %s', (from) => {
    expect(refusals(from)).toEqual([])
  })

  test('files that need each other are refused', () => {
    expect(refusals('src/net/circle.ts')).toEqual(['no-circles'])
  })

  test('each say why, and each is proven here', async () => {
    const file = pathToFileURL(path.join(repository, '.dependency-cruiser.mjs')).href
    const { forbidden } = ruleSet.parse(await import(file)).default
    const proven = new Set([...wrong.map(([, , rule]) => rule), 'no-circles'])
    expect(forbidden.filter(({ name }) => !proven.has(name))).toEqual([])
    for (const { comment } of forbidden) expect(comment.length).toBeGreaterThan(30)
  })
})
