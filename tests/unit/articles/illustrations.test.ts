import { describe, expect, test } from 'vitest'
import { parseFragment } from '../../../src/articles/dom.ts'
import { picturesIn } from '../../../src/articles/illustrations.ts'

const address = 'https://journal.example/2026/02/la-crue/'
const uploads = 'https://journal.example/wp-content/uploads/2026/02'
const picturesOf = async (html: string) => picturesIn(await parseFragment(html), address)
const urlsOf = async (html: string) => (await picturesOf(html)).map(({ url }) => url)
const figure = (file: string, more = '') =>
  `<figure><img src="${uploads}/${file}" ${more}></figure>`

describe('the pictures of a text', () => {
  test('come in their order, each with the site’s own words', async () => {
    expect(
      await picturesOf(`
        <p>Elle monte.</p>${figure('crue.jpg', 'alt="Le quai sous l’eau &amp; deux barques"')}
        <p><img class="alignleft wp-image-12" src="/wp-content/uploads/2026/02/barque.png" alt=""></p>
        <p><img width="640" height="480" src="pont.webp" alt=" Le  pont "></p>`),
    ).toEqual([
      { url: `${uploads}/crue.jpg`, alt: 'Le quai sous l’eau & deux barques' },
      { url: `${uploads}/barque.png`, alt: null },
      { url: `${address}pont.webp`, alt: 'Le pont' },
    ])
  })

  test.each([
    ['an emoji', '<figure><img class="emoji" src="/e.png"></figure>'],
    [
      'an emoji of WordPress’ own',
      '<figure><img src="https://s.w.org/images/core/emoji/14.0.0/72x72/1f30a.png"></figure>',
    ],
    ['a face', '<figure><img class="avatar avatar-96 photo" src="/a.jpg" width="96"></figure>'],
    [
      'a face from elsewhere',
      '<figure><img src="https://secure.gravatar.com/avatar/abc"></figure>',
    ],
    [
      'the site’s sign',
      '<div class="wp-block-site-logo"><figure><img width="400" src="/s.png"></figure></div>',
    ],
    ['a sign by its name', '<figure><img src="/wp-content/uploads/logo-journal.png"></figure>'],
    ['a badge', '<figure><img src="https://img.shields.io/badge/build-passing.png"></figure>'],
    [
      'a counter',
      '<img class="wp-image-3" width="1" height="1" src="https://count.example/p.gif">',
    ],
    ['a tracking pixel', '<figure><img src="https://pixel.wp.com/g.gif?v=ext"></figure>'],
    ['an icon', '<figure><img width="48" height="48" src="/facebook.png"></figure>'],
    ['a drawing', '<figure><img src="/plan.svg"></figure>'],
    [
      'a picture in the address',
      '<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></figure>',
    ],
    [
      'what somebody pays for',
      '<a rel="nofollow sponsored" href="/x"><figure><img src="/pub.jpg"></figure></a>',
    ],
    ['something without size or figure', '<p><img src="/ligne.png"></p>'],
    ['a file of this machine', '<figure><img src="file:///etc/passwd"></figure>'],
  ])('do not include %s', async (_, html) => expect(await urlsOf(html)).toEqual([]))

  test('include what only sounds like one of those', async () => {
    expect(
      await urlsOf(figure('pictologos.jpg', 'class="catalogo"') + figure('nouveau-logo.jpg')),
    ).toHaveLength(2)
  })

  test('count once, whichever size is shown, and keep the words of any', async () => {
    const photon =
      'https://i0.wp.com/journal.example/wp-content/uploads/2026/02/crue.jpg?resize=640'
    expect(
      await picturesOf(
        figure('crue-1024x683.jpg') +
          figure('crue-scaled.jpg', 'alt="La crue"') +
          figure('crue-300x200.jpg.webp', 'alt="Encore elle"') +
          `<figure><img src="${photon}"></figure>`,
      ),
    ).toEqual([{ url: `${uploads}/crue-1024x683.jpg`, alt: 'La crue' }])
  })

  test('of one name in two months are two, as are those of a script', async () => {
    const html = [
      '/wp-content/uploads/2026/01/a.jpg',
      '/wp-content/uploads/2026/02/a.jpg',
      '/p.php?id=1',
      '/p.php?id=2',
    ]
    expect(
      await urlsOf(html.map((src) => `<figure><img src="${src}"></figure>`).join('')),
    ).toHaveLength(4)
  })

  test('are found where lazy loading hides them', async () => {
    expect(
      await urlsOf('<figure><img src="data:image/svg+xml,x" data-src="/crue.jpg"></figure>'),
    ).toEqual(['https://journal.example/crue.jpg'])
  })

  test('are ten at most', async () => {
    const html = Array.from({ length: 14 }, (_, number) => figure(`vue-${number}.jpg`)).join('')
    expect(await urlsOf(html)).toHaveLength(10)
  })
})
