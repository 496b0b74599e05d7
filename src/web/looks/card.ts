import { html } from 'hono/html'
import type { Card } from '../../posts/post.ts'
import { hostOf, webAddress } from '../address.ts'
import type { Markup } from '../markup.ts'
import type { Look, PictureAt } from './look.ts'

/** A card's picture, nothing where there is none to show. */
export function pictureOf(card: Card, pictureAt: PictureAt): Markup | '' {
  const src = card.image && pictureAt(card.image.url)
  if (src === null) return ''
  return html`<img
    src="${src}"
    alt="${card.image?.alt ?? ''}"
    width="1200"
    height="630"
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
  />`
}

/** A card's lines: host, title and description, in the order in which the platform has them. */
export function linesOf(card: Card, order: readonly ('host' | 'title' | 'description')[]): Markup {
  const lines = {
    host: html`<span class="host">${hostOf(card.url)}</span>`,
    title: html`<span class="title" dir="auto">${card.title}</span>`,
    description:
      card.description === ''
        ? ''
        : html`<span class="description" dir="auto">${card.description}</span>`,
  }
  return html`<span class="lines">${order.map((line) => lines[line])}</span>`
}

/** The box that leads to the article; nothing where the post has none, or pictures in its place. */
export function cardOf(
  { draft: { card, images, language } }: Look,
  draw: (card: Card) => Markup,
): Markup | '' {
  const href = webAddress(card?.url)
  if (card === null || href === null || images.length > 0) return ''
  return html`<a class="card" href="${href}" rel="noreferrer" lang="${language ?? ''}"
    >${draw(card)}</a
  >`
}
