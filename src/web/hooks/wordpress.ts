import { z } from 'zod'
import { plainTextOrNull } from '../../articles/text.ts'
import type { SiteEvent } from '../../deliveries/heard.ts'
import { expect, needed, parseFields, parseJson } from '../../fields.ts'
import { Problem } from '../../locale/problem.ts'
import { webAddressOrNull } from '../../net/address.ts'

/** WordPress's own kinds of posts that nobody reads as an article (`create_initial_post_types`). */
const internal = new Set(
  (
    'attachment revision nav_menu_item custom_css customize_changeset oembed_cache user_request wp_block ' +
    'wp_template wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face'
  ).split(' '),
)

const address = z
  .string(needed('address'))
  .max(5000, expect('short'))
  .refine((text) => webAddressOrNull(text) !== null, expect('address'))

/** What the plugin sends; further keys are left to those who need them. */
const notice = z.object(
  {
    event: z.enum(['publish', 'update', 'trash'], needed('event')),
    site: address.max(1000, expect('short')),
    id: z.int(needed('number')).positive(expect('number')),
    url: address,
    status: z.string(expect('text')).nullish(),
    type: z.string(expect('text')).nullish(),
    password: z.boolean(expect('truth')).nullish(),
    title: z.string(expect('text')).max(5000, expect('short')).nullish(),
    publishedAt: z.iso.datetime({ offset: true, ...expect('date') }).nullish(),
  },
  expect('object'),
)

/**
 * What a WordPress site told, as JSON. Only what it shows everybody is an article: a draft, a scheduled, private
 * or protected post is not. Throws `json-invalid`, the `field-…` problems, and `hook-foreign` where the address
 * is not of the site that tells.
 */
export function parseNotice(body: string): SiteEvent {
  const told = parseFields(notice, parseJson(body), 'body')
  const site = new URL(told.site)
  site.hash = site.search = ''
  if (!site.pathname.endsWith('/')) site.pathname += '/'
  if (new URL(told.url).host !== site.host) {
    throw new Problem('hook-foreign', { url: told.url, site: site.host })
  }
  const { status, type, password } = told
  return {
    event: told.event,
    site: site.href,
    post: told.id,
    url: told.url,
    article: (status ?? 'publish') === 'publish' && password !== true && !internal.has(type ?? ''),
    title: plainTextOrNull(told.title),
    publishedAt: told.publishedAt ?? null,
  }
}
