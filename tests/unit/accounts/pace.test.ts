import { expect, test } from 'vitest'
import { nextTurn } from '../../../src/accounts/pace.ts'
import { forecast } from '../../../src/deliveries/forecast.ts'

const now = new Date('2026-03-01T12:00:00Z')
const seconds = (moment: Date) => (moment.getTime() - now.getTime()) / 1000
const pace = { everyMs: 3000, burst: 3 }

test('a rested account sends a burst at once, then one each interval', () => {
  const turns: number[] = []
  let spent: Date | null = null
  for (let call = 0; call < 6; call += 1) {
    const turn = nextTurn(spent, pace, now)
    turns.push(seconds(turn.at))
    spent = turn.spentUntil
  }
  expect(turns).toEqual([0, 0, 0, 3, 6, 9])
})

test('a rest fills the bucket again, never beyond the burst', () => {
  const spent = new Date(now.getTime() - 3_600_000)
  expect(seconds(nextTurn(spent, pace, now).at)).toBe(0)
  expect(seconds(nextTurn(spent, pace, now).spentUntil)).toBe(3)
})

test('the forecast keeps order, due times, the account’s wait and its pace', () => {
  const waiting = ['d1', 'd2', 'd3', 'd4', 'd5'].map((id) => ({ id, dueAt: now }))
  const late = { id: 'd6', dueAt: new Date(now.getTime() + 60_000) }
  const times = forecast(
    [late, ...waiting],
    { spentUntil: null, waitUntil: new Date(now.getTime() + 10_000), pace },
    now,
  )
  expect([...times].map(([id, at]) => [id, seconds(at)])).toEqual([
    ['d1', 10],
    ['d2', 10],
    ['d3', 10],
    ['d4', 13],
    ['d5', 16],
    ['d6', 60],
  ])
})
