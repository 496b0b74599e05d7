import { expect, test } from 'vitest'
import { mastodon } from '../../../../src/platforms/mastodon/index.ts'

const account = {
  identity: 'Crier@town.example',
  title: '@Crier@town.example',
  url: 'https://town.example/@Crier',
}
const url = 'https://town.example/@Crier/109302436954721982'

test.each([
  [url, '109302436954721982'],
  [`${url}/?ref=x#y`, '109302436954721982'],
  [' https://TOWN.example/@crier/109302436954721982\n', '109302436954721982'],
  ['https://town.example/users/Crier/statuses/109302436954721982', '109302436954721982'],
  ['https://town.example/web/@Crier/109302436954721982', '109302436954721982'],
  ['https://town.example/deck/@Crier/109302436954721982', '109302436954721982'],
  ['https://town.example/@Crier/statuses/01F8MH75CBF9JFX4ZAD54N0W0R', '01F8MH75CBF9JFX4ZAD54N0W0R'],
])('%s', (address, id) => {
  expect(mastodon.postAt(address, account)).toEqual({
    id,
    url: `https://town.example/@Crier/${id}`,
  })
})

test('an instance on a port of its own, without TLS', () => {
  const local = { identity: 'crier@127.0.0.1:8123', title: '@crier@127.0.0.1:8123', url: null }
  const address = 'http://127.0.0.1:8123/@crier/1093'
  expect(mastodon.postAt(address, local)).toEqual({ id: '1093', url: address })
  expect(mastodon.postAt('http://127.0.0.1/@crier/1093', local)).toBeNull()
})

test.each([
  'https://town.example/@other/109302',
  'https://town.example/@Crier@elsewhere.example/109302',
  'https://elsewhere.example/@Crier/109302',
  'https://elsewhere.example/@Crier@town.example/109302',
  'https://town.example.org/@Crier/109302',
  'https://town.example/@Crier',
  'https://town.example/@Crier/109302/embed',
  'https://town.example/@Crier/followers/109302',
  'https://town.example/users/Crier/statuses/',
  'https://town.example/tags/109302',
  'ftp://town.example/@Crier/109302',
  'town.example/@Crier/109302',
  'javascript:alert(1)',
  'a sentence',
  '',
])('%s: none of its posts', (address) => {
  expect(mastodon.postAt(address, account)).toBeNull()
})
