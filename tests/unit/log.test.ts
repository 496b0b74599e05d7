import { expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'

function logged(
  level: 'debug' | 'warn',
  write: (log: ReturnType<typeof createLog>) => void,
): string[] {
  const lines: string[] = []
  write(createLog(level, ['geheim-123'], (line) => lines.push(line.replace(/^\S+ /, ''))))
  return lines
}

test('a secret is struck out wherever it appears', () => {
  expect(
    logged('debug', (log) => log.info('asked', { url: 'https://x/botgeheim-123/getMe' })),
  ).toEqual(['info asked url=https://x/bot***/getMe'])
})

test('a happening is one line, whatever a stranger wrote', () => {
  expect(logged('debug', (log) => log.info('read', { title: 'one\ntwo \u001b[31m' }))).toEqual([
    'info read title="one\\ntwo \\u001b[31m"',
  ])
})

test('what lies below the level is not said', () => {
  expect(logged('warn', (log) => log.info('quiet'))).toEqual([])
})
