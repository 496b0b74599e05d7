import { defineConfig } from 'vitest/config'

/** The whole matrix, too long for every change: `npm run test:crash`. */
export default defineConfig({
  test: {
    name: 'crash',
    pool: 'forks',
    maxConcurrency: 3,
    include: ['tests/crash/**/*.test.ts'],
    testTimeout: 400_000,
    hookTimeout: 60_000,
  },
})
