import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseHTML } from 'linkedom'
import { afterEach, describe, expect, test } from 'vitest'
import { telegram, type TelegramStandIn } from '../../../src/sandbox/telegram.ts'
import { closeAll, start } from './telegram-support.ts'

afterEach(closeAll)

const NAME = 'belle_ecluse_sandbox'

async function page({ url }: TelegramStandIn, address: string) {
  const response = await fetch(`${url}${address}`)
  expect(response.headers.get('content-type')).toContain('text/html')
  const { document } = parseHTML(await response.text())
  return document
}
type Page = Awaited<ReturnType<typeof page>>

const posts = (document: Page) =>
  [...document.querySelectorAll('.tgme_widget_message_wrap > .tgme_widget_message')].map((post) =>
    Number(post.getAttribute('data-post')?.replace(`${NAME}/`, '')),
  )

async function filled(count: number) {
  const opened = await start()
  for (let at = 1; at <= count; at += 1)
    await opened.bot.sendMessage(telegram.channel, `Nouvelle numéro ${at}`)
  return opened
}

describe('the page of a public channel', () => {
  test('shows the 20 newest, and older ones on demand', async () => {
    const { standIn } = await filled(25)
    const newest = posts(await page(standIn, `/s/${NAME}`))
    expect([newest.length, newest[0], newest.at(-1)]).toEqual([20, 1048, 1067])
    const older = await page(standIn, `/s/${NAME.toUpperCase()}?before=1048`)
    expect(posts(older)).toEqual([1043, 1044, 1045, 1046, 1047])
    const newer = await page(standIn, `/s/${NAME}?after=1064`)
    expect(posts(newer)).toEqual([1065, 1066, 1067])
    expect(posts(await page(standIn, `/s/${NAME}?q=NUM%C3%89RO+25`))).toEqual([1067])
  })

  test('shows a post with its styles, links, card and moment, and its words as nothing but words', async () => {
    const { standIn, bot } = await start()
    const text = '<script>alert("l’été")</script> & co\nLire #Été https://a.example/?b=1&c=2'
    const link = 'https://journal.example/a?b=1&c=2'
    await bot.sendMessage(telegram.channel, text, {
      entities: [
        { type: 'bold', offset: 0, length: 41 },
        { type: 'text_link', offset: 37, length: 4, url: link },
      ],
      link_preview_options: { url: link },
    })
    const document = await page(standIn, `/s/${NAME}`)
    const shown = document.querySelector('.tgme_widget_message_text')
    expect(document.querySelectorAll('script')).toHaveLength(0)
    expect(shown?.textContent).toBe(text.replace('\n', ''))
    expect(shown?.querySelectorAll('br')).toHaveLength(1)
    expect(shown?.querySelector('b')?.textContent).toContain('Lire')
    const links = [...(shown?.querySelectorAll('a') ?? [])].map((a) => a.getAttribute('href'))
    expect(links).toEqual([
      link.replaceAll('&', '&amp;'),
      '?q=%23%C3%89t%C3%A9',
      'https://a.example/?b=1&c=2',
    ])
    const card = document.querySelector('.tgme_widget_message_link_preview')
    expect(card?.getAttribute('href')).toBe(link)
    const date = document.querySelector('.tgme_widget_message_date')
    expect(date?.getAttribute('href')).toBe(`https://t.me/${NAME}/1043`)
    expect(date?.querySelector('time')?.getAttribute('datetime')).toBe('2026-11-24T04:05:06+00:00')
  })

  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1K'],
    [1234, '1.23K'],
    [1200, '1.2K'],
    [55_260, '55.2K'],
    [123_456, '123K'],
    [999_999, '999K'],
    [1_500_000, '1.5M'],
  ])('%i views are shown as %s', async (views, shown) => {
    const { standIn } = await filled(1)
    standIn.view({ id: 1043, views })
    const document = await page(standIn, `/s/${NAME}`)
    expect(document.querySelector('.tgme_widget_message_views')?.textContent).toBe(shown)
  })

  test('shows reactions as they are, paid ones first, and none where nobody reacted', async () => {
    const { standIn } = await filled(2)
    standIn.react({
      id: 1043,
      reactions: [
        { emoji: '👍', count: 12_345 },
        { custom: '5460', count: 7 },
        { paid: true, count: 3 },
      ],
    })
    const document = await page(standIn, `/s/${NAME}`)
    const all = [...document.querySelectorAll('.tgme_widget_message_reactions .tgme_reaction')]
    expect(all.map((one) => one.textContent)).toEqual(['3', '👍12.3K', '7'])
    expect(all[0]?.getAttribute('class')).toContain('tgme_reaction_paid')
    expect(all[2]?.querySelector('tg-emoji')?.getAttribute('emoji-id')).toBe('5460')
    expect(document.querySelectorAll('.tgme_widget_message_reactions')).toHaveLength(1)
  })

  test('leaves out what was deleted', async () => {
    const { standIn } = await filled(3)
    standIn.remove({ id: 1044 })
    expect(posts(await page(standIn, `/s/${NAME}`))).toEqual([1043, 1045])
    expect(() => standIn.view({ id: 1044, views: 3 })).toThrow('no post 1044')
  })

  test('of a private or unknown channel there is none', async () => {
    const { standIn } = await start({
      accounts: [{ botToken: telegram.botToken, channel: '-1001234567890' }],
    })
    for (const name of ['c', 'nobody_here'])
      expect(posts(await page(standIn, `/s/${name}`))).toEqual([])
  })
})

describe('one post by itself', () => {
  test('is shown without a wrap', async () => {
    const { standIn } = await filled(2)
    standIn.view({ id: 1043, views: 40 })
    const document = await page(standIn, `/${NAME}/1043?embed=1&mode=tme`)
    const shown = document.querySelectorAll(`.tgme_widget_message[data-post="${NAME}/1043"]`)
    expect(shown).toHaveLength(1)
    expect(document.querySelectorAll('.tgme_widget_message')).toHaveLength(1)
    expect(document.querySelector('.tgme_widget_message_views')?.textContent).toBe('40')
    expect(posts(document)).toEqual([])
  })

  test.each([
    [`/${NAME}/1044?embed=1&mode=tme`, 'Post not found'],
    ['/nobody_here/1?embed=1', 'Channel with username @nobody_here not found'],
  ])('%s: %s', async (address, said) => {
    const { standIn } = await filled(1)
    const document = await page(standIn, address)
    expect(document.querySelector('.tgme_widget_message_error')?.textContent).toBe(said)
  })
})

test('what readers did outlives the process', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'crieur-')), 'telegram.jsonl')
  const first = await start({ file })
  for (const text of ['un', 'deux']) await first.bot.sendMessage(telegram.channel, text)
  first.standIn.view({ id: 1043, views: 40 })
  first.standIn.react({ id: 1043, reactions: [{ emoji: '🔥', count: 2 }] })
  first.standIn.remove({ id: 1044 })
  await closeAll()
  const { standIn } = await start({ file })
  const document = await page(standIn, `/s/${NAME}`)
  expect(posts(document)).toEqual([1043])
  expect(document.querySelector('.tgme_widget_message_views')?.textContent).toBe('40')
  expect(document.querySelector('.tgme_reaction')?.textContent).toBe('🔥2')
})
