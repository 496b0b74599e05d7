import { expect, test } from 'vitest'
import { isSettled } from '../../../src/deliveries/settled.ts'
import type { DeliveryState } from '../../../src/store/schema.ts'

const now = new Date('2026-03-01T12:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test.each<[DeliveryState, Date | null, boolean, boolean]>([
  ['published', null, false, true],
  ['failed', null, false, true],
  ['canceled', null, false, true],
  ['deleted', null, false, true],
  ['held', inSeconds(-90_000), false, true],
  ['publishing', now, false, false],
  ['publishing', now, true, false],
  ['pending', now, false, false],
  ['pending', inSeconds(119), false, false],
  ['pending', inSeconds(121), false, true],
  ['pending', now, true, true],
  ['uncertain', null, false, true],
  ['uncertain', inSeconds(60), false, false],
])(
  '%s due at %s, account stands still: %s → settled: %s',
  (state, dueAt, accountStands, settled) => {
    expect(isSettled({ state, dueAt, accountStands }, now)).toBe(settled)
  },
)
