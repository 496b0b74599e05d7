import { defineConfig } from 'vitest/config'

/** One project a folder: how long its tests may take is what tells them apart. */
const project = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
  },
})

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [project('unit', 20_000), project('contract', 60_000), project('system', 120_000)],
  },
})
