import { describe, expect, test } from 'vitest'
import { bluesky } from '../../../../src/platforms/bluesky/index.ts'

const did = 'did:plc:abcdefghijklmnopqrstuvwx'
const key = '3mgaaaaaaaaa2'
const account = {
  identity: did,
  title: '@town.example',
  url: 'https://bsky.app/profile/town.example',
}
const post = {
  id: `at://${did}/app.bsky.feed.post/${key}`,
  url: `https://bsky.app/profile/town.example/post/${key}`,
}

describe('an address of one of the account’s posts', () => {
  test.each([
    post.url,
    `https://bsky.app/profile/Town.Example/post/${key}/`,
    `https://bsky.app/profile/${did}/post/${key}?ref_src=embed#x`,
    `https://bsky.app/profile/did%3Aplc%3Aabcdefghijklmnopqrstuvwx/post/${key}`,
    `http://main.bsky.app/profile/town.example/post/${key}`,
    ` ${post.id}\n`,
    `at://town.example/app.bsky.feed.post/${key}`,
  ])('%s', (address) => {
    expect(bluesky.postAt(address, account)).toEqual(post)
  })

  test('an account whose handle is not valid now is shown by its DID', () => {
    const nameless = { ...account, title: '@handle.invalid' }
    const url = `https://bsky.app/profile/${did}/post/${key}`
    expect(bluesky.postAt(url, nameless)).toEqual({ id: post.id, url })
  })
})

test.each([
  `https://bsky.app/profile/other.example/post/${key}`,
  `https://bsky.app/profile/did:plc:zzzzzzzzzzzzzzzzzzzzzzzz/post/${key}`,
  `at://did:plc:zzzzzzzzzzzzzzzzzzzzzzzz/app.bsky.feed.post/${key}`,
  `at://${did}/app.bsky.feed.like/${key}`,
  `at://${did}/app.bsky.feed.post/${key}/more`,
  `https://bsky.app/profile/town.example/post/${key}/liked-by`,
  'https://bsky.app/profile/town.example/post/self',
  `https://bsky.app/profile/town.example/post/z${key.slice(1)}`,
  'https://bsky.app/profile/town.example',
  `https://bsky.app.example.org/profile/town.example/post/${key}`,
  `https://notbsky.app/profile/town.example/post/${key}`,
  `ftp://bsky.app/profile/town.example/post/${key}`,
  `bsky.app/profile/town.example/post/${key}`,
  'a sentence',
  '',
])('%s: none of its posts', (address) => {
  expect(bluesky.postAt(address, account)).toBeNull()
})
