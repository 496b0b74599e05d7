import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../../src/deliveries/outcome.ts'
import { afterLease } from '../../../src/deliveries/replay.ts'
import type { ErrorKind } from '../../../src/platforms/error.ts'
import { platforms } from '../../../src/platforms/registry.ts'

const now = new Date('2026-03-01T12:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const refusal = (kind: ErrorKind, retryAt: Date | null = null) => ({
  kind,
  reason: 'said so',
  retryAt,
})
const fresh = { tries: 1, first_due_at: inSeconds(-60) }
const settle = (
  kind: ErrorKind,
  sent: boolean,
  platform: 'telegram' | 'bluesky' | 'mastodon' = 'telegram',
  delivery = fresh,
) => outcomeOf(refusal(kind), sent, delivery, { platform }, now, () => 0.5)

describe('nothing of the post can stand', () => {
  test('a refusal ends it', () => {
    expect(settle('rejected', false)).toMatchObject({ state: 'failed', dueAt: null })
  })
  test('what was not carried out is tried again, later', () => {
    expect(settle('unavailable', false)).toMatchObject({ state: 'pending', dueAt: inSeconds(5) })
  })
  test('after a day of tries it fails aloud', () => {
    const old = { tries: 60, first_due_at: inSeconds(-24 * 3600 - 1) }
    expect(settle('unavailable', false, 'telegram', old)).toMatchObject({ state: 'failed' })
  })
  test('the account that is not let in stands still, its delivery waits', () => {
    expect(settle('unauthorized', false)).toMatchObject({ state: 'pending', pause: 'said so' })
  })
  test('a platform that says when is taken at its word', () => {
    const told = outcomeOf(
      refusal('rate-limited', inSeconds(900)),
      false,
      fresh,
      { platform: 'mastodon' },
      now,
      () => 0.5,
    )
    expect(told).toMatchObject({
      state: 'pending',
      dueAt: inSeconds(900),
      waitUntil: inSeconds(900),
    })
  })
})

describe('an answer was lost', () => {
  test('Bluesky: the same again at once', () => {
    expect(settle('uncertain', false, 'bluesky')).toMatchObject({ state: 'uncertain', dueAt: now })
  })
  test('Mastodon: looked for after a minute', () => {
    expect(settle('uncertain', false, 'mastodon')).toMatchObject({
      state: 'uncertain',
      dueAt: inSeconds(60),
    })
  })
  test('Telegram: looked for on its page, some time later', () => {
    expect(settle('uncertain', false, 'telegram')).toMatchObject({
      state: 'uncertain',
      dueAt: inSeconds(20),
    })
  })
})

describe('a request of it may stand from before', () => {
  test.each(['unavailable', 'rate-limited', 'unauthorized'] as const)(
    '%s proves nothing: it stays uncertain',
    (kind) => {
      expect(settle(kind, true, 'bluesky').state).toBe('uncertain')
    },
  )
  test('a day of silence does not make it failed', () => {
    const old = { tries: 60, first_due_at: inSeconds(-25 * 3600) }
    expect(settle('unavailable', true, 'bluesky', old).state).toBe('uncertain')
  })
})

describe('a lease ran out', () => {
  const { replay } = platforms.mastodon
  test('before anything was sent: it goes on', () => {
    expect(afterLease('publishing', false, replay, now)).toEqual({ state: 'pending', due_at: now })
  })
  test('after sending: uncertain, by the replay rule', () => {
    expect(afterLease('publishing', true, replay, now)).toEqual({
      state: 'uncertain',
      due_at: inSeconds(60),
    })
  })
  test('while looking: looked for again', () => {
    expect(afterLease('uncertain', true, replay, now)).toEqual({ state: 'uncertain', due_at: now })
  })
})
