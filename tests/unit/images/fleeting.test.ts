import { describe, expect, test } from 'vitest'
import { isFleeting } from '../../../src/images/fleeting.ts'
import { Problem } from '../../../src/locale/problem.ts'

const address = 'https://journal.example/moulin.jpg'
const host = 'journal.example'

describe('a picture that could not be had', () => {
  test.each([404, 408, 425, 429, 500, 502, 503, 504, 522])(
    'may be there soon after %i',
    (status) => {
      expect(isFleeting(new Problem('http-status', { address, status }))).toBe(true)
    },
  )

  test.each([
    new Problem('host-unknown', { host }),
    new Problem('connection-refused', { host }),
    new Problem('connection-lost', { address }),
  ])('may be there soon: $kind', (problem) => {
    expect(isFleeting(problem)).toBe(true)
  })

  test.each([
    // it was waited for already
    new Problem('timed-out', { address, seconds: 15 }),
    new Problem('http-status', { address, status: 401 }),
    new Problem('http-status', { address, status: 403 }),
    new Problem('http-status', { address, status: 410 }),
    new Problem('picture-empty', { address }),
    new Problem('picture-is-page', { address }),
    new Problem('picture-is-drawing', { address }),
    new Problem('picture-broken', { address }),
    new Problem('picture-unreadable', { address }),
    new Problem('picture-too-large', { address, megapixels: 50 }),
    new Problem('picture-too-long', { address, ratio: 20 }),
    new Problem('too-large', { address, megabytes: 30 }),
    new Problem('address-private', { address }),
    new Problem('certificate', { host, code: 'CERT_HAS_EXPIRED' }),
    new Error('a mistake of ours'),
    undefined,
  ])('stays as it is: %s', (problem) => {
    expect(isFleeting(problem)).toBe(false)
  })
})
