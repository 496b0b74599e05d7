import { describe, expect, test } from 'vitest'
import {
  decisionSentence,
  lateSentence,
  refusalSentence,
  stateWord,
  steeredSentence,
} from '../../../src/locale/decisions.ts'
import { answerTyped, noticeSentence, type Noticed } from '../../../src/locale/notices.ts'
import { wordsOf } from '../../../src/locale/words.ts'

const last = { kind: 'approve', who: 'Anna', door: 'page', at: '2026-02-04T18:00:00Z' } as const
const moment = () => '18:00'
const en = wordsOf('en')
const fr = wordsOf('fr')

describe('a decision that came to nothing says why, what it is now, and who decided', () => {
  const state = 'published'
  test.each([
    {
      why: 'changed',
      by: last,
      told: 'it has changed since you saw it and is now: published · approved by Anna (page), 18:00',
    },
    { why: 'changed', by: null, told: 'it has changed since you saw it and is now: published' },
    { why: 'unfit', by: null, told: 'cannot be canceled. It is now: published' },
  ] as const)('$why', ({ why, by, told }) => {
    expect(refusalSentence(en, 'cancel', { why, state, last: by }, moment)).toBe(told)
  })

  test('in French', () => {
    const refused = { why: 'changed', state, last } as const
    expect(refusalSentence(fr, 'cancel', refused, moment)).toBe(
      'cela a changé depuis que vous l’avez vu\u00A0; état actuel\u00A0: publié · approuvé par Anna (page), 18:00',
    )
  })

  test.each([
    { why: 'closed', told: 'this is settled already · approved by Anna (page), 18:00' },
    { why: 'more', told: 'there are 40 articles by now: look again before you answer' },
    { why: 'other', told: 'this asks for another answer: crieur show n5 says which' },
  ] as const)('a notice: $why', ({ why, told }) => {
    expect(lateSentence(en, 'n5', { why, articles: 40, last }, moment)).toBe(told)
  })
})

test('a name that is the door’s own is not told twice', () => {
  expect(decisionSentence(en, { kind: 'retry', who: 'API', door: 'api' })).toBe(
    'tried again by API',
  )
  expect(decisionSentence(en, { kind: 'retry', who: 'anna', door: 'cli' })).toBe(
    'tried again by anna (command line)',
  )
})

test('a state that a later Crieur kept is told by its name', () => {
  expect(stateWord(en, 'held')).toBe('held')
  expect(stateWord(en, 'not to go out')).toBe('not to go out')
  expect(stateWord(fr, 'in orbit')).toBe('in orbit')
})

test('an account says how it stands, and who saw to that', () => {
  const account = 'mastodon'
  expect(steeredSentence(en, { account, paused: true, done: true }, moment)).toBe(
    'mastodon is paused: its posts wait',
  )
  const before = { account, paused: false, done: false, last: { ...last, kind: 'resume' } } as const
  expect(steeredSentence(en, before, moment)).toBe(
    'mastodon is not paused · resumed by Anna (page), 18:00',
  )
})

describe('each notice says what happened and what to type', () => {
  const nothing: Noticed = {
    id: 'n5',
    kind: 'held',
    raisedAt: '2026-02-07T10:00:00Z',
    article: { title: 'Le canal', publishedAt: '2026-02-04T09:12:00Z' },
    account: null,
    source: null,
    articles: 1,
    reason: null,
    deliveries: [],
  }
  const about = (state: Partial<Noticed['deliveries'][number]> = {}) => [
    { id: 'd34', heldFor: null, error: null, change: null, ...state },
  ]
  const rejected = { kind: 'rejected', message: 'Text is too long' }
  const rows: [Partial<Noticed>, RegExp, string][] = [
    [
      { kind: 'held', deliveries: about({ heldFor: 'old' }) },
      /^held: “Le canal” was published 3 days before it came here$/,
      'crieur approve n5 · crieur cancel n5',
    ],
    [
      { kind: 'flood', article: null, articles: 37, source: 'journal.example' },
      /^37 articles at once from journal.example$/,
      'crieur approve n5 · crieur approve n5 --newest 3 · crieur cancel n5',
    ],
    [
      { kind: 'rejected', account: 'mastodon', deliveries: about({ error: rejected }) },
      /not published on mastodon: “Le canal”. refused: Text is too long/,
      'crieur retry d34 · crieur cancel d34',
    ],
    [
      { kind: 'uncertain', account: 'telegram', deliveries: about() },
      /“Le canal” may or may not stand on telegram/,
      'crieur resolve d34 --published URL · --send-again · --leave',
    ],
    [
      { kind: 'unauthorized', account: 'bluesky', reason: 'Invalid token', article: null },
      /^bluesky lets Crieur in no more. .*Invalid token/,
      'crieur resume bluesky',
    ],
    [
      { kind: 'overdue', account: 'bluesky', article: null },
      /bluesky.*crieur start/,
      'crieur start',
    ],
  ]
  test.each(rows)('%o', (more, told, typed) => {
    const notice = { ...nothing, ...more }
    expect(noticeSentence(en, notice)).toMatch(told)
    expect(answerTyped(en, notice)).toBe(typed)
    expect(noticeSentence(fr, notice)).not.toMatch(/ [;:!?»]|«(?!\u00A0)/)
  })
})
