/** Records that no server of Bluesky may take. */
export const POST = 'app.bsky.feed.post'
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
const UNKNOWN_BLOB = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy'
const uri = `at://did:plc:mgditoahifwcoxd74tzzyedw/${POST}/3l7abcdefgh2k`
const family = '👨‍👩‍👧‍👦'
const facet = (index, ...features) => ({ facets: [{ index, features }] })
const tag = (name) => ({ $type: 'app.bsky.richtext.facet#tag', tag: name })
const link = (address) => ({ $type: 'app.bsky.richtext.facet#link', uri: address })
const embed = (name, fields) => ({ embed: { $type: `app.bsky.embed.${name}`, ...fields } })
const card = { uri: 'https://gazette.example/', title: 'La Gazette', description: '' }
/** A card of the web. */
export const external = (fields) => embed('external', { external: { ...card, ...fields } })
const image = (blob, alt = '') => ({ image: blob, ...(alt !== null && { alt }) })
const blob = (fields) => {
  return { $type: 'blob', ref: { $link: UNKNOWN_BLOB }, mimeType: 'image/jpeg', size: 5, ...fields }
}

/** Records that no server may take: what differs from a good one. */
export const records = {
  '301 graphemes': { text: 'é'.repeat(301) },
  '3001 bytes': { text: `${family.repeat(120)}.` },
  'no text': { text: undefined },
  'text that is a number': { text: 1 },
  'no createdAt': { createdAt: undefined },
  'createdAt in words': { createdAt: 'yesterday' },
  'createdAt without a zone': { createdAt: '2026-11-24T12:00:00' },
  'createdAt without a time': { createdAt: '2026-11-24' },
  'four languages': { langs: ['fr', 'en', 'de', 'it'] },
  'a language that is none': { langs: ['french, mostly'] },
  'a facet before the beginning': facet({ byteStart: -1, byteEnd: 2 }, tag('a')),
  'a facet at a fraction': facet({ byteStart: 0.5, byteEnd: 2 }, tag('a')),
  'a facet without an end': facet({ byteStart: 0 }, tag('a')),
  'a facet without features': { facets: [{ index: { byteStart: 0, byteEnd: 2 } }] },
  'a hashtag of 65 graphemes': facet({ byteStart: 0, byteEnd: 2 }, tag('a'.repeat(65))),
  'a hashtag of 641 bytes': facet(
    { byteStart: 0, byteEnd: 2 },
    tag(`${family.repeat(25)}${'a'.repeat(16)}`),
  ),
  'a link that is no address': facet({ byteStart: 0, byteEnd: 2 }, link('gazette.example')),
  'a link without a host': facet({ byteStart: 0, byteEnd: 2 }, link('https:///x')),
  'a mention without a DID': facet(
    { byteStart: 0, byteEnd: 2 },
    { $type: 'app.bsky.richtext.facet#mention', did: 'gazette.test' },
  ),
  'a reply without a cid': { reply: { root: { uri }, parent: { uri } } },
  'a reply with an empty cid': { reply: { root: { uri, cid: '' }, parent: { uri, cid: '' } } },
  'a reply without a parent': { reply: { root: { uri, cid: CID } } },
  'a reply to an address of the web': {
    reply: { root: { uri, cid: CID }, parent: { uri: 'https://bsky.app/', cid: CID } },
  },
  'a card without a title': external({ title: undefined }),
  'a card without a description': external({ description: undefined }),
  'a card without a good address': external({ uri: 'gazette.example' }),
  'a card with a picture that was never uploaded': external({ thumb: blob() }),
  'a card with a picture by address': external({ thumb: 'https://gazette.example/a.jpg' }),
  'a card with a picture of another kind': external({ thumb: blob({ mimeType: 'text/html' }) }),
  'a picture that was never uploaded': embed('images', { images: [image(blob())] }),
  'a picture without alt': embed('images', { images: [image(blob(), null)] }),
  'five pictures': embed('images', { images: Array.from({ length: 5 }, () => image(blob())) }),
  'a thumbnail of 1,000,001 bytes': external({ thumb: blob({ size: 1_000_001 }) }),
  'a picture of 2,000,001 bytes': embed('images', { images: [image(blob({ size: 2_000_001 }))] }),
  'another type': { $type: 'app.bsky.feed.like' },
}

/** Records around a picture that was uploaded: told wrongly afterwards. */
export const told = {
  'a picture told as PNG': ({ mimeType: _, ...rest }) => ({ ...rest, mimeType: 'image/png' }),
  'a picture told smaller': (given) => ({ ...given, size: given.size - 1 }),
  'a picture of unknown kind': (given) => ({ ...given, mimeType: 'image/unknown' }),
  'a picture told as a page': (given) => ({ ...given, mimeType: 'text/html' }),
}
