import { z } from 'zod'
import { expect, needed } from '../fields.ts'
import { webAddressOrNull } from '../net/address.ts'
import { canonicalTag } from './language.ts'
import { mostPictures } from './illustrations.ts'
import { decoded } from './markup.ts'
import { plainText, typedText } from './text.ts'

const longest = 500_000
const short = z.string(expect('text')).max(5000, expect('short'))
const line = short.transform((text) => plainText(decoded(text)))
const paragraphs = z.string(expect('text')).max(longest, expect('short'))
const list = z.array(line, expect('list')).max(100, expect('short'))
const address = z
  .string(needed('address'))
  .max(5000, expect('short'))
  .refine((text) => webAddressOrNull(text) !== null, expect('address'))
const instant = z.iso.datetime({ offset: true }).or(z.iso.date())
const moment = z
  .string(expect('date'))
  .refine((text) => instant.safeParse(text).success, expect('date'))
  .transform((text) => new Date(text).toISOString())
const language = z
  .string(expect('language'))
  .refine((tag) => canonicalTag(tag) !== null, expect('language'))
  .transform((tag) => canonicalTag(tag))

const picture = z.strictObject({ url: address, alt: line.nullish() }, expect('object'))
const words = z
  .string(expect('text'))
  .max(20_000, expect('short'))
  .transform((text) => typedText(decoded(text)))
const posts = z.strictObject(
  { telegram: words.nullish(), bluesky: words.nullish(), mastodon: words.nullish() },
  expect('object'),
)

/** The documented fields and no others. */
export const articleInput = z.strictObject(
  {
    url: address,
    title: line.nullish(),
    excerpt: paragraphs.nullish(),
    content: paragraphs.nullish(),
    preface: paragraphs.nullish(),
    credit: line.nullish(),
    image: picture.nullish(),
    images: z.array(picture, expect('list')).max(mostPictures, expect('short')).nullish(),
    categories: list.nullish(),
    tags: list.nullish(),
    authors: list.nullish(),
    language: language.nullish(),
    publishedAt: moment.nullish(),
    updatedAt: moment.nullish(),
    posts: posts.nullish(),
    id: z
      .union([short.transform(plainText), z.number().transform(String)], expect('text'))
      .nullish(),
  },
  expect('object'),
)

/** An article as a person or a script gives it. Only `url` is required; null counts as not given. */
export type ArticleInput = z.infer<typeof articleInput>
