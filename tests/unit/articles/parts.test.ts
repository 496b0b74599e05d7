import { describe, expect, test } from 'vitest'
import { cleanHtml } from '../../../src/articles/clean.ts'
import { partsOf } from '../../../src/articles/parts.ts'

const parted = async (html: string, remove: string[] = []) => partsOf(await cleanHtml(html, remove))

describe('the preface', () => {
  test('is the opening paragraph that is emphasised as a whole', async () => {
    expect(
      await parted('<p><em>Note du <b>traducteur</b></em>.</p><p>Le texte.</p>'),
    ).toMatchObject({
      preface: 'Note du traducteur.',
      content: 'Le texte.',
    })
  })

  test('may have several paragraphs', async () => {
    const parts = await parted('<p><i>Un.</i></p><p><em>Deux.</em></p><p>Le texte.</p>')
    expect(parts.preface).toBe('Un.\n\nDeux.')
  })

  test.each([
    ['a paragraph with one emphasised word', '<p>Le <em>Figaro</em> écrit.</p><p>Suite.</p>'],
    ['an emphasised paragraph further down', '<p>Le texte.</p><p><em>Fin.</em></p>'],
    ['an article that is emphasised from end to end', '<p><em>Un.</em></p><p><em>Deux.</em></p>'],
  ])('is not %s', async (_, html) => expect((await parted(html)).preface).toBeNull())
})

describe('the credit', () => {
  test.each([
    ['(Extrait de TASS)', 'TASS'],
    ['(Extrait du Courrier des rives)', 'Courrier des rives'],
    ['(Extraits de La Gazette.)', 'La Gazette'],
    ['(Extrait d’Almanach)', 'Almanach'],
    ['(Source : Radio du port)', 'Radio du port'],
    ['Source\u00a0: Radio du port', 'Radio du port'],
    ['(Originally published in The Quay)', 'The Quay'],
  ])('%s', async (closing, credit) => {
    expect(await parted(`<p>Le texte.</p><p>${closing}</p>`)).toMatchObject({
      credit,
      content: 'Le texte.',
    })
  })

  test('may close the last paragraph', async () => {
    expect(await parted('<p>Le texte. (Extrait de TASS)</p>')).toMatchObject({
      credit: 'TASS',
      content: 'Le texte.',
    })
  })

  test.each(['Il vient de Paris.', '(Voir page 3)', 'Un extrait de tarte.'])(
    'is not «%s»',
    async (closing) => {
      expect(await parted(`<p>${closing}</p>`)).toMatchObject({ credit: null, content: closing })
    },
  )
})

describe('the text', () => {
  test('comes without what plugins add', async () => {
    const html = `<div class="sharedaddy"><a href="#">Tweet</a></div>
      <p>Un.<br>Toujours un.<br><br>Deux.</p>
      <p><a href="https://www.facebook.com/sharer.php?u=x">Partager sur Facebook</a></p>
      <ul><li>Trois</li><li>Quatre</li></ul><div class="post-views">Views: 29</div>
      <div class="jp-relatedposts"><h3>Similaire</h3></div>
      <p>The post <a href="#">Un</a> appeared first on <a href="#">Le Journal</a>.</p>`
    expect((await parted(html)).content).toBe('Un. Toujours un.\n\nDeux.\n\nTrois\n\nQuatre')
  })

  test('loses what the source says is junk, and a broken selector does no harm', async () => {
    const html = '<p>Un.</p><p class="abonnez">Abonnez-vous !</p>'
    expect((await parted(html, ['.abonnez', '[['])).content).toBe('Un.')
  })

  test('has its entities decoded once', async () => {
    expect((await parted('<p>AT&amp;amp;T &lt;sans d&eacute;tour&gt;</p>')).content).toBe(
      'AT&amp;T <sans détour>',
    )
  })

  test('has emoji where WordPress draws them', async () => {
    expect(
      (
        await parted(
          '<p>Bravo <img class="wp-smiley" alt="👏"><img src="x.jpg" alt="Une photo">!</p>',
        )
      ).content,
    ).toBe('Bravo 👏!')
  })
})
