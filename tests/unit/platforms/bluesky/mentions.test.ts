import { expect, test } from 'vitest'
import { recordOf } from '../../../../src/platforms/bluesky/record.ts'
import { resolved } from '../../../../src/platforms/bluesky/mentions.ts'
import type { Draft } from '../../../../src/posts/post.ts'
import { draft, publication } from '../support.ts'

const mention = (start: number, value: string) => {
  return { kind: 'mention' as const, start, end: start + value.length, value }
}
const known: Record<string, string> = { 'mairie.test': 'did:plc:mairie' }
const text = '@Mairie.test @nobody.test @mairie.test'
const named: Draft = {
  ...draft,
  text,
  facets: [mention(0, '@Mairie.test'), mention(13, '@nobody.test'), mention(26, '@Mairie.test')],
}

test('each name is asked for once; one that means nobody is plain text, and is said', async () => {
  const asked: string[] = []
  const after = await resolved(named, async (handle) => {
    asked.push(handle)
    return known[handle] ?? null
  })
  expect(asked).toEqual(['mairie.test', 'nobody.test'])
  expect(after).toEqual({
    ...named,
    facets: [
      { ...named.facets[0], value: 'did:plc:mairie' },
      { ...named.facets[2], value: 'did:plc:mairie' },
    ],
    warnings: [{ kind: 'no-mention', about: '@nobody.test' }],
  })
  expect(recordOf(after, publication).facets).toMatchObject([
    { index: { byteStart: 0, byteEnd: 12 }, features: [{ did: 'did:plc:mairie' }] },
    { index: { byteStart: 26, byteEnd: 38 }, features: [{ did: 'did:plc:mairie' }] },
  ])
})

test('what was answered is not asked again', async () => {
  const once = { ...named, facets: [{ ...mention(0, '@mairie.test'), value: 'did:plc:mairie' }] }
  const nobody = () => Promise.reject(new Error('asked'))
  expect(await resolved(once, nobody)).toEqual(once)
})

test('a name that was not asked for is no part of a record', () => {
  expect(recordOf(named, publication)).not.toHaveProperty('facets')
})
