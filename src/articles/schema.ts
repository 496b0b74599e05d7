import { z } from 'zod'
import { expect, needed } from '../fields.ts'
import { webAddressOrNull } from '../net/address.ts'
import { canonicalTag } from './language.ts'
import { plainText } from './text.ts'

const longest = 500_000
const line = z.string(expect('text')).max(5000, expect('short')).transform(plainText)
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

/** The documented fields and no others. */
export const articleInput = z.strictObject(
  {
    url: address,
    title: line.nullish(),
    excerpt: paragraphs.nullish(),
    content: paragraphs.nullish(),
    preface: paragraphs.nullish(),
    credit: line.nullish(),
    image: z.strictObject({ url: address, alt: line.nullish() }, expect('object')).nullish(),
    categories: list.nullish(),
    tags: list.nullish(),
    authors: list.nullish(),
    language: language.nullish(),
    publishedAt: moment.nullish(),
    updatedAt: moment.nullish(),
    id: z.union([line, z.number().transform(String)], expect('text')).nullish(),
  },
  expect('object'),
)

/** An article as a person or a script gives it. Only `url` is required; null counts as not given. */
export type ArticleInput = z.infer<typeof articleInput>
