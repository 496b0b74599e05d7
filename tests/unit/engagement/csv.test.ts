import { expect, test } from 'vitest'
import { toCsv } from '../../../src/engagement/csv.ts'
import type { ArticleStats } from '../../../src/engagement/stats.ts'

const row = (title: string): ArticleStats => ({
  article: 'a1',
  title,
  url: 'https://journal.example/1/',
  posts: 3,
  likes: 12,
  reposts: 0,
  replies: null,
  quotes: null,
  views: 1200,
  rounded: ['views'],
  countedAt: '2026-02-04T09:12:00.000Z',
})

test('a header line, the titles, and nothing for what cannot be known', () => {
  expect(toCsv([row('Le canal rouvre')], 'article')).toBe(
    'article,title,url,posts,likes,reposts,replies,quotes,views,rounded,countedAt\r\n' +
      'a1,Le canal rouvre,https://journal.example/1/,3,12,0,,,1200,views,2026-02-04T09:12:00.000Z\r\n',
  )
})

test('a header line also where there is nothing', () => {
  expect(toCsv([], 'account')).toBe(
    'account,platform,posts,likes,reposts,replies,quotes,views,rounded,countedAt\r\n',
  )
})

test.each([
  ['a comma', 'Un, deux', '"Un, deux"'],
  ['a semicolon', 'Un; deux', '"Un; deux"'],
  ['quotes', 'Dit « "oui" »', '"Dit « ""oui"" »"'],
  [
    'a formula',
    '=HYPERLINK("http://evil.example","Click")',
    `"'=HYPERLINK(""http://evil.example"",""Click"")"`,
  ],
  ['a sum', '+1+1', "'+1+1"],
  ['a difference', '-2+3', "'-2+3"],
  ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
  ['a full-width sign', '＝1+1', "'＝1+1"],
  ['a formula behind a tab', '\t=1+1', "'=1+1"],
  ['a formula behind a line end', '\r\n=1+1', "'=1+1"],
  ['a formula behind a mark that cannot be seen', '\u200E=1+1', "'\u200E=1+1"],
  ['a row that is none', 'Un\r\na2,deux', '"Un a2,deux"'],
  ['a terminal escape', '\u001B[31mrouge', '[31mrouge'],
  ['an emoji of several', '👩‍👧 au canal', '👩‍👧 au canal'],
])('a title with %s', (_name, title, field) => {
  const [, line] = toCsv([row(title)], 'article').split('\r\n')
  expect(line?.startsWith(`a1,${field},https://`)).toBe(true)
})
