import { html } from 'hono/html'
import type { ArticlePreview } from '../../deliveries/preview-feed.ts'
import type { PostPreview } from '../../deliveries/preview.ts'
import { sentenceOf } from '../../locale/problem.ts'
import { hostOf, webAddress } from '../address.ts'
import { countOf, drawingsOf } from '../drawings.ts'
import { authorOf, names } from '../looks/author.ts'
import type { Markup } from '../markup.ts'
import type { Web } from '../routes.ts'
import { shown } from '../shown.ts'
import type { View } from './frame.ts'
import { cardPictures } from './post.ts'
import type { Made } from './preview-made.ts'
import { shareLine } from './share.ts'

/** The previews under each other, then what is not among them, and why. */
export async function previewSections(web: Web, of: View, made: Made): Promise<Markup> {
  const view = { ...of, pictureAt: (url: string) => made.pictures.get(url) ?? of.pictureAt(url) }
  const { previews, problems, leftOut } = made
  const { preview } = view.words
  const stories = await Promise.all(previews.map((one, at) => story(web, view, one, made, at)))
  const nothing = previews.length + problems.length + leftOut === 0
  return html`${stories} ${nothing ? html`<p class="writing">${preview.emptyFeed}</p>` : ''}
  ${leftOut === 0 ? '' : html`<p class="more">${preview.leftOut({ count: leftOut })}</p>`}
  ${
    problems.length === 0
      ? ''
      : html`<section>
          <p>${preview.unread({ count: problems.length })}</p>
          <ul>
            ${problems.map((one) => html`<li dir="auto">${shown(sentenceOf(view.words, one), 400)}</li>`)}
          </ul>
        </section>`
  }`
}

async function story(
  web: Web,
  view: View,
  { article, posts }: ArticlePreview,
  { handles, sites }: Made,
  at: number,
): Promise<Markup> {
  const { url, title, language } = article
  const href = webAddress(url)
  const host = html`<bdi>${shown(sites.get(hostOf(url)) ?? hostOf(url), 120)}</bdi>`
  const id = `preview-${at + 1}`
  const drawn = posts.map((post) =>
    postOf(view, post, {
      handle: handles.get(post.account) ?? post.account,
      site: sites.get(hostOf(url)) ?? null,
      id,
    }),
  )
  return html`<section class="story" aria-labelledby="${id}">
    <header dir="auto">
      <h2 id="${id}" lang="${language ?? ''}">${shown(title || url, 600)}</h2>
      <p class="source">
        ${href === null ? host : html`<a href="${href}" rel="noreferrer">${host}</a>`}
      </p>
    </header>
    ${posts.length === 0 ? html`<p class="faint">${view.words.preview.noAccounts}</p>` : ''}
    <div class="deliveries">${drawn}</div>
    ${await shareLine(web, view, article)}
  </section>`
}

function postOf(
  view: View,
  post: PostPreview,
  { handle, site, id }: { handle: string; site: string | null; id: string },
): Markup {
  const { words, pictureAt } = view
  const { account, platform, parts } = post
  const author = authorOf(handle, platform, site)
  const named = `${id}-${account}`
  return html`<article
    class="delivery ${platform}"
    data-platform="${platform}"
    data-state="preview"
    aria-labelledby="${named}"
  >
    <header>
      <h3 id="${named}">${names[platform]}</h3>
      <p dir="auto">${shown(handle, 100)}</p>
    </header>
    ${drawingsOf(platform, parts, { author, at: null, words, pictureAt })} ${footerOf(view, post)}
  </article>`
}

function footerOf(view: View, { platform, parts, language, warnings }: PostPreview): Markup {
  const { words } = view
  const { preview, web } = words
  const { visibility = 'public', silent = false } = parts[0]?.manner ?? {}
  return html`<footer>
    <p class="state">
      <span>${language === null ? preview.noLanguage : preview.language({ language })}</span>
      ${parts.length > 1 ? '' : parts.map((part) => countOf(part, platform, words))}
    </p>
    ${visibility === 'public' ? '' : html`<p>${preview.visibility[visibility]}</p>`}
    ${silent ? html`<p>${preview.silent}</p>` : ''}
    ${warnings.map(({ kind, about = '' }) => html`<p class="warning" dir="auto">${web.warnings[kind](shown(about, 200))}</p>`)}
    ${cardPictures(parts, view)}
  </footer>`
}
