import { html } from 'hono/html'
import type { Words } from '../locale/words.ts'

/** Finished HTML: whatever went into it as a value is escaped. */
export type Markup = ReturnType<typeof html>

/** Crieur's hand bell, so that a browser asks for no icon. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#b4552d" d="M7 1h2v2.2c2.3.4 3.6 2.2 3.6 4.6V11l1.4 2H2l1.4-2V7.8c0-2.4 1.3-4.2 3.6-4.6zM6.3 14h3.4a1.7 1.7 0 0 1-3.4 0z"/></svg>',
)}`

/** A whole page. `refreshS`: seconds after which the browser asks again by itself; null: never. */
export function page(
  { locale, title, refreshS }: { locale: string; title: string; refreshS: number | null },
  body: Markup,
): Markup {
  const refresh = refreshS === null ? '' : html`<meta http-equiv="refresh" content="${refreshS}" />`
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        ${refresh}
        <title>${title}</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        ${body}
      </body>
    </html> `
}

/** A page that says one thing. */
export function notice(words: Words, locale: string, text: string, home = true): Markup {
  return page(
    { locale, title: 'Crieur', refreshS: null },
    html`<main class="notice">
      <h1>Crieur</h1>
      <p>${text}</p>
      ${home ? html`<p><a href="/">${words.web.home}</a></p>` : ''}
    </main>`,
  )
}
