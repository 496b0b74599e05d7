import type { ArticlePreview } from '../deliveries/preview-feed.ts'
import type { PostPreview } from '../deliveries/preview.ts'
import type { Words } from '../locale/words.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { Draft } from '../posts/post.ts'
import { places, type Place } from '../shares/places.ts'
import type { Surroundings } from './terminal.ts'
import { safe, toned } from './terminal.ts'
import { wrapped } from './wrap.ts'

/** What `crieur preview` answers about one article. */
export interface Previewed extends ArticlePreview {
  /** None for a place that has no room for the article's address. */
  share?: Partial<Record<Place, string>>
}

type Out = Surroundings['stdout'] & { columns?: number }
/** What the lines are written with. */
interface Pen {
  words: Words
  out: Out
  /** Columns; where nobody looks, lines stay whole. */
  width: number
}

const WIDEST = 100
const INDENT = '  '
/** What stands before a card's or image's lines. */
const LABEL = 10

/** A preview for people: of each account the text and everything that goes with it. */
export function previewLines(
  { article, posts, share }: Previewed,
  words: Words,
  out: Out,
): string[] {
  const width = out.isTTY === true ? Math.min(out.columns ?? 80, WIDEST) : Infinity
  const pen = { words, out, width }
  return [
    ...wrapped(safe(article.title), width).map((line) => toned(out, 'strong', line)),
    toned(out, 'quiet', safe(article.url)),
    ...posts.flatMap((post) => ['', ...postLines(post, pen)]),
    ...(share === undefined ? [] : shareLines(share, pen)),
  ]
}

function shareLines(share: Partial<Record<Place, string>>, { words, out }: Pen): string[] {
  const { preview } = words
  const left = places.filter((place) => share[place] === undefined)
  const names = left.map((place) => preview.places[place]).join(', ')
  return [
    '',
    toned(out, 'strong', preview.share),
    ...places.flatMap((place) => {
      const link = share[place]
      return link === undefined ? [] : [`${INDENT}${preview.places[place].padEnd(LABEL)}${link}`]
    }),
    ...(left.length === 0 ? [] : [`${INDENT}${preview.noShare({ places: names })}`]),
  ]
}

function postLines(post: PostPreview, pen: Pen): string[] {
  const { words, out } = pen
  const { parts, account, platform, warnings } = post
  const name = account === platform ? account : `${account} (${platform})`
  const [only, ...more] = parts
  const count = only !== undefined && more.length === 0 ? `  ${costOf(only, words)}` : ''
  const said = warnings.map(({ kind, about = '' }) => words.web.warnings[kind](safe(about)))
  return [
    `${toned(out, 'strong', safe(name))}${count}  ${toned(out, 'quiet', safe(mannerOf(post, words)))}`,
    ...parts.flatMap((part, at) => [
      ...(more.length === 0 ? [] : [headOfPart(part, at, parts.length, pen)]),
      ...partLines(part, platform, pen),
    ]),
    ...said.flatMap((sentence) => labelled('!', sentence, pen, 2)),
  ]
}

function costOf({ count, limit }: Draft, words: Words): string {
  return words.web.count({ count, limit })
}

function headOfPart(part: Draft, at: number, of: number, { words, out }: Pen): string {
  const head = `${words.preview.part({ part: at + 1, of })}  ${costOf(part, words)}`
  return `${at === 0 ? '' : '\n'}${INDENT}${toned(out, 'quiet', head)}`
}

/** How it goes out, on one line. */
function mannerOf({ language, parts: [first] }: PostPreview, { preview }: Words): string {
  const { visibility = 'public', silent = false } = first?.manner ?? {}
  return [
    language === null ? preview.noLanguage : preview.language({ language }),
    ...(visibility === 'public' ? [] : [preview.visibility[visibility]]),
    ...(silent ? [preview.silent] : []),
  ].join(' · ')
}

function partLines(part: Draft, platform: PlatformId, pen: Pen): string[] {
  const { preview } = pen.words
  const { text, card, images, manner } = part
  const indented = text
    .split('\n')
    .flatMap((line) => wrapped(safe(line), pen.width - INDENT.length))
    .map((line) => (line === '' ? '' : `${INDENT}${line}`))
  const pictures = images.flatMap(({ url, alt }, at) => [
    ...labelled(preview.image({ number: at + 1 }), safe(alt || preview.noAlt), pen),
    ...labelled('', safe(url), pen),
  ])
  return [
    ...(manner.contentWarning === null
      ? []
      : labelled('!', safe(preview.contentWarning({ warning: manner.contentWarning })), pen, 2)),
    ...indented,
    ...linksOf(part, platform).flatMap((line) => labelled('→', safe(line), pen, 2)),
    ...pictures,
    ...(card === null || images.length > 0 ? [] : cardLines(card, pen)),
  ]
}

function cardLines(
  { url, title, description, image }: NonNullable<Draft['card']>,
  pen: Pen,
): string[] {
  const { preview } = pen.words
  return [
    ...labelled(preview.card, safe(title), pen),
    ...(description === '' ? [] : labelled('', safe(description), pen)),
    ...labelled('', safe(url), pen),
    ...(image === null ? [] : labelled(preview.picture, safe(image.url), pen)),
  ]
}

/** Where links lead, where that is not what readers see. */
function linksOf({ text, facets }: Draft, platform: PlatformId): string[] {
  const bytes = Buffer.from(text)
  return facets.flatMap(({ kind, start, end, value }) => {
    const shown =
      platform === 'bluesky' ? bytes.subarray(start, end).toString() : text.slice(start, end)
    return kind !== 'link' || value === undefined || value === shown ? [] : [`${shown}  ${value}`]
  })
}

/** A label, and beside it what may take several lines. */
function labelled(label: string, text: string, { width, out }: Pen, room = LABEL): string[] {
  return wrapped(text, width - INDENT.length - room).map((line, at) => {
    const head = (at === 0 ? label : '').padEnd(room)
    return toned(out, 'quiet', `${INDENT}${head}${line}`)
  })
}
