import { defineConfig } from 'vitest/config'

/** One project a folder, one after the other: quick tests say first what is wrong, and slow ones have both cores. */
const project = (name: string, groupOrder: number, testTimeout: number) => ({
  test: {
    name,
    sequence: { groupOrder },
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
  },
})

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      project('unit', 1, 20_000),
      project('contract', 2, 60_000),
      project('system', 3, 120_000),
    ],
  },
})
